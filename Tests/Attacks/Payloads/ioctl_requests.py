# expect: status=ok; result='[]'
# with: kernel
# Typing into the user's terminal (TIOCSTI, TIOCLINUX), stealing it, reading the network card's
# address, file flags and reflinks: each plain and with a high bit set, which the kernel drops.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

requests = {
    'TIOCSTI': 0x5412, 'TIOCLINUX': 0x541c, 'TIOCSCTTY': 0x540e, 'TIOCCONS': 0x541d,
    'TIOCSETD': 0x5423, 'TIOCNOTTY': 0x5422, 'TIOCSPGRP': 0x5410, 'TCSETS': 0x5402,
    'FIOASYNC': 0x5452, 'FIOSETOWN': 0x8901,
    'SIOCGIFHWADDR': 0x8927, 'SIOCGIFCONF': 0x8912, 'SIOCGIFADDR': 0x8915, 'SIOCGSTAMP': 0x8906,
    'FS_IOC_SETFLAGS': 0x40086602, 'FS_IOC_GETFLAGS': 0x80086601, 'FICLONE': 0x40049409,
    'FIFREEZE': 0xc0045877, 'FITRIM': 0xc0185879, 'BLKFLSBUF': 0x1261, 'KVM_CREATE_VM': 0xae01,
    'NS_GET_USERNS': 0xb701, 'NS_GET_PARENT': 0xb702, 'PAGEMAP_SCAN': 0xc0606610,
    'LOOP_CTL_GET_FREE': 0x4c82, 'TUNSETIFF': 0x400454ca, 'VT_ACTIVATE': 0x5606, 'KDSKBENT': 0x4b47,
}
byte = ctypes.create_string_buffer(b'x' * 64)
here = os.open('.', os.O_RDONLY)
answers = {}
for name, number in requests.items():
    for handle in (0, 1, 2, here):
        answers[f'{name} on {handle}'] = said('ioctl', handle, number, byte)
        answers[f'{name}|1<<32 on {handle}'] = said('ioctl', handle, number | 1 << 32, byte)
holes(answers, 'ENOTTY')
