# expect: status=ok; result='[]'
# with: kernel
# Extended attributes carry capabilities and security labels. Refused as a file system without them
# would.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

calls = """
fgetxattr flistxattr fremovexattr fsetxattr getxattr lgetxattr listxattr llistxattr lremovexattr
lsetxattr removexattr setxattr
""".split()
answers = {name: said(name, 0, 0, 0, 0, 0) for name in calls}
try:
    os.setxattr('.', 'security.capability', b'\x01\x00\x00\x02' + bytes(16))
    answers['os.setxattr'] = 'allowed'
except OSError as error:
    answers['os.setxattr'] = errno.errorcode[error.errno]
holes(answers, 'ENOTSUP', 'EOPNOTSUPP')
