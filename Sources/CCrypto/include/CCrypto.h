// libcrypto behind plain signatures. A result is `>= 0`, or `-errno`.
// OpenSSL's configuration file is not read.
#ifndef SBX_CCRYPTO_H
#define SBX_CCRYPTO_H

#include <stddef.h>
#include <stdint.h>

enum { sbx_digest_size = 32, sbx_key_size = 32, sbx_signature_size = 64 };

int sbx_sha256(const void *bytes, size_t size, uint8_t digest[32]);
int sbx_hmac_sha256(const void *key, size_t key_size, const void *bytes, size_t size,
                    uint8_t digest[32]);
/// 1: the same bytes. Takes as long whatever they are.
int sbx_equal_in_constant_time(const void *left, const void *right, size_t size);

/// An Ed25519 private key is its 32-byte seed.
int sbx_ed25519_public(const uint8_t seed[32], uint8_t public_key[32]);
int sbx_ed25519_sign(const uint8_t seed[32], const void *bytes, size_t size, uint8_t signature[64]);
/// 1: the signature is the key's over these bytes; 0: it is not.
int sbx_ed25519_verify(const uint8_t public_key[32], const void *bytes, size_t size,
                       const uint8_t signature[64]);
/// From PEM, unencrypted: -EINVAL when it is none, -ENOTSUP when it is another kind of key.
int sbx_ed25519_seed_from_pem(const char *pem, size_t size, uint8_t seed[32]);
int sbx_ed25519_public_from_pem(const char *pem, size_t size, uint8_t public_key[32]);

#endif
