// What a worker is told and what it answers: one job frame in, one result frame out. A session's
// worker is asked again and again, and may be told to fork: an order of one field, SBX_JOB_SEAL,
// with the fork's channel, standard input, output and errors attached. The fork says hello on its
// own channel, one field SBX_RESULT_SEAL; if there is none, the worker says why on the channel it
// has.
//
// A frame is a header and then fields, everything little endian, nothing aligned:
//
//     header  { u32 magic, u16 version, u16 kind, u32 length of all fields }
//     field   { u16 type, u16 reserved (0), u32 length, bytes }
//
// Each field appears at most once. An unknown type, a second copy, a length that leaves the frame
// or a byte left over makes a job invalid (outcome SBX_OUTCOME_INVALID). Whoever reads a result
// must be as strict: the program in the worker can write to any descriptor the worker holds.

#ifndef SBX_FRAME_H
#define SBX_FRAME_H

#define SBX_FRAME_MAGIC 0x31584253u /* "SBX1" */
#define SBX_FRAME_VERSION 1
#define SBX_FRAME_HEADER_BYTES 12
#define SBX_FIELD_HEADER_BYTES 8

#define SBX_KIND_JOB 1
#define SBX_KIND_RESULT 2
#define SBX_KIND_FORK 3  /* to a session: fork; four descriptors come with it */
#define SBX_KIND_HELLO 4 /* the fork's first words, on the channel it was given */

// Fields of a job. Text is UTF-8.
#define SBX_JOB_CODE 1         /* the program; required, may be empty */
#define SBX_JOB_FILENAME 2     /* how tracebacks call it; default "main.py" */
#define SBX_JOB_CONTEXT 3      /* JSON object: names put into the program's namespace */
#define SBX_JOB_REQUIREMENTS 4 /* JSON array of PEP 508 strings that must be installed */
#define SBX_JOB_ARGV 5         /* JSON array of strings: sys.argv after the file name */
#define SBX_JOB_RESULT_LIMIT 6 /* u32: bytes of the last value's repr to return */
#define SBX_JOB_FLAGS 7        /* u32: SBX_FLAG_… */
#define SBX_JOB_SEAL 8         /* 16 bytes: copied to the head of the result */
#define SBX_JOB_LIMITS 9       /* u64 resource, soft, hard: setrlimit(2), at most 16 times */
#define SBX_JOB_DIRECTORY 10   /* absolute path: where the program starts */
#define SBX_JOB_SEARCH_PATH 11 /* absolute path: first in sys.path; default: the directory */
#define SBX_JOB_FIELDS 11

#define SBX_FLAG_INLINE_METADATA 1u /* honor the program's PEP 723 block */
#define SBX_FLAG_SCRIPT 2u          /* a file, not a cell: no last value, no top-level await */
#define SBX_FLAG_SESSION 4u         /* go on in the namespace of the run before; more may follow */
#define SBX_FLAGS_KNOWN 7u

// Fields of a result.
#define SBX_RESULT_OUTCOME 1       /* u32: SBX_OUTCOME_…; always present */
#define SBX_RESULT_VALUE 2         /* repr of the last expression; absent when None or none */
#define SBX_RESULT_VALUE_TOTAL 3   /* u64: characters of the whole repr, when VALUE is cut */
#define SBX_RESULT_ERROR_TYPE 4    /* as a traceback spells it: ValueError, json.decoder.… */
#define SBX_RESULT_ERROR_MESSAGE 5 /* str() of the exception, or why the job is invalid */
#define SBX_RESULT_ERROR_LINE 6    /* u32: innermost line of the program, from 1 */
#define SBX_RESULT_TRACEBACK 7     /* as Python prints it, frames of the program only */
#define SBX_RESULT_EXIT_CODE 8     /* i32: with SBX_OUTCOME_EXITED */
#define SBX_RESULT_UNSATISFIED 9   /* JSON array of {requirement, reason} */
#define SBX_RESULT_SEAL 10         /* the job's seal; always the first field */
#define SBX_RESULT_NAMES 11        /* u64: names a session's code has defined */
#define SBX_RESULT_OBSTACLES 12    /* with SBX_OUTCOME_INVALID: why a session can't be forked */
#define SBX_RESULT_SHOWN 16        /* JSON array of {kind, …}: sandbox/prelude/rich.py */
#define SBX_RESULT_FIELDS 13

#define SBX_OUTCOME_RETURNED 0
#define SBX_OUTCOME_RAISED 1
#define SBX_OUTCOME_EXITED 2
#define SBX_OUTCOME_UNSATISFIED 3
#define SBX_OUTCOME_INVALID 4

// Limits, in bytes.
#define SBX_LIMIT_JOB (8u << 20)
#define SBX_SEAL_BYTES 16u
#define SBX_LIMIT_CODE (4u << 20)
#define SBX_LIMIT_FILENAME 4095u
#define SBX_LIMIT_DIRECTORY 4095u
#define SBX_LIMIT_CONTEXT (4u << 20)
#define SBX_LIMIT_REQUIREMENTS (64u << 10)
#define SBX_LIMIT_ARGV (128u << 10)
#define SBX_ONE_LIMIT_BYTES 24u
#define SBX_LIMIT_LIMITS (16u * SBX_ONE_LIMIT_BYTES)
#define SBX_LIMIT_VALUE (1u << 20) /* a larger RESULT_LIMIT is lowered to this */
#define SBX_DEFAULT_VALUE 20000u
#define SBX_LIMIT_ERROR_TYPE 256u
#define SBX_LIMIT_ERROR_MESSAGE 4096u
#define SBX_LIMIT_TRACEBACK (16u << 10)
#define SBX_LIMIT_UNSATISFIED (64u << 10)
#define SBX_LIMIT_OBSTACLES 4096u
#define SBX_LIMIT_SHOWN (256u << 10)
#define SBX_LIMIT_RESULT (SBX_LIMIT_VALUE + SBX_LIMIT_SHOWN + (96u << 10)) /* a whole frame */

#endif
