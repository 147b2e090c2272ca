// The parked init: process 1 of a pid namespace, as a complete ELF program.
//
// It exists so that untrusted code is never process 1 (signals to itself would
// be ignored there) and so that one kill ends everything in the namespace. It
// must be worth nothing to an attacker: no libc, no environment, no secrets,
// not dumpable, two descriptors, one page of text. Assembled in place, it is
// written to a sealed memory file and executed from there (sbx_spawn_init).
//
// In:  fd 0 the lifeline, fd 1 where to write the ready byte.
// Out: never returns before the lifeline reads EOF (or an error).

    .section .rodata
    .globl sbx_init_image
    .globl sbx_init_image_end
    .balign 16
    .set base, 0x400000

sbx_init_image:
    // Elf64_Ehdr
    .byte 0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0
    .short 2, 62                            // ET_EXEC, x86-64
    .long 1
    .quad base + (entry - sbx_init_image)
    .quad headers - sbx_init_image
    .quad 0
    .long 0
    .short 64, 56, 2, 64, 0, 0
headers:
    // One read-only, executable segment holding the whole file.
    .long 1, 5                              // PT_LOAD, R+X
    .quad 0, base, base
    .quad sbx_init_image_end - sbx_init_image
    .quad sbx_init_image_end - sbx_init_image
    .quad 0x1000
    // A stack that is not executable.
    .long 0x6474e551, 6                     // PT_GNU_STACK, R+W
    .quad 0, 0, 0, 0, 0, 16

entry:
    // prctl(PR_SET_DUMPABLE, 0): nobody may look into this process.
    mov     $157, %eax
    mov     $4, %edi
    xor     %esi, %esi
    syscall
    // close_range(3, ~0, 0)
    mov     $436, %eax
    mov     $3, %edi
    mov     $-1, %esi
    xor     %edx, %edx
    syscall
    // Ignore every signal. An ignored SIGCHLD makes the kernel reap orphans by
    // itself, so this process never has to wake up. KILL and STOP are refused.
    mov     $64, %ebx
next_signal:
    mov     $13, %eax                       // rt_sigaction
    mov     %ebx, %edi
    lea     ignore(%rip), %rsi
    xor     %edx, %edx
    mov     $8, %r10d
    syscall
    dec     %ebx
    jnz     next_signal
    // write(1, image, 1); close(1): ready.
    mov     $1, %eax
    mov     $1, %edi
    lea     sbx_init_image(%rip), %rsi
    mov     $1, %edx
    syscall
    mov     $3, %eax
    mov     $1, %edi
    syscall
wait:
    // read(0, stack, 1): returns 0 when the last writer of the lifeline is gone.
    xor     %eax, %eax
    xor     %edi, %edi
    lea     -64(%rsp), %rsi
    mov     $1, %edx
    syscall
    test    %rax, %rax
    jg      wait
    cmp     $-4, %rax                       // EINTR
    je      wait
    mov     $231, %eax                      // exit_group(0)
    xor     %edi, %edi
    syscall
    .balign 8
ignore:
    .quad 1, 0x04000000, 0, 0               // SIG_IGN, SA_RESTORER, no restorer, no mask
sbx_init_image_end:
    .byte 0
    .section .note.GNU-stack,"",@progbits
