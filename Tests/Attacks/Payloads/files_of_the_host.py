# expect: status=ok; result='[]'
# What every intruder looks for first.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

wanted = """
/etc/shadow /etc/passwd /etc/hosts /etc/hostname /etc/resolv.conf /etc/machine-id /etc/ssh
/etc/ssl/private /root /root/.ssh /root/.bashrc /home /home/user /var/log /var/lib
/var/run/docker.sock /run /run/docker.sock /run/systemd /run/user /boot /mnt /media /srv /sys
/proc/1/root/etc/shadow /proc/self/root/etc/shadow /proc/self/cwd/../../../../etc/shadow /dev/mem
/dev/kmem /dev/kmsg /dev/port /dev/sda /dev/vda /dev/nvme0n1 /dev/tty /dev/ptmx /dev/pts
/dev/console /dev/fuse /dev/kvm /dev/net/tun /dev/loop-control /dev/vsock /dev/vhost-net
/dev/userfaultfd /dev/dri /dev/snd /dev/input /dev/hpet /dev/uinput /dev/mapper
../../../../../../../../etc/shadow //etc//shadow /usr/../etc/shadow
""".split()
found = []
for path in wanted:
    try:
        if os.path.isdir(path):
            found += [f'{path}/{name}' for name in os.listdir(path)]
        else:
            found.append(f'{path}: {open(path, "rb").read(16)}')
    except OSError:
        pass
found
