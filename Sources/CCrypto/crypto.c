#include "CCrypto.h"

#include <errno.h>
#include <limits.h>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <pthread.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static EVP_MD *sha256;

/// A configuration file could load code of somebody's: OPENSSL_CONF is not read. Fetching the
/// algorithm once saves most of the time of a short digest.
static void start(void) {
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT, NULL);
    sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
}

static int ready(void) {
    pthread_once(&once, start);
    return sha256 != NULL;
}

int sbx_sha256(const void *bytes, size_t size, uint8_t digest[32]) {
    if (!ready()) return -ENOSYS;
    return EVP_Digest(bytes, size, digest, NULL, sha256, NULL) == 1 ? 0 : -ENOMEM;
}

int sbx_hmac_sha256(const void *key, size_t key_size, const void *bytes, size_t size,
                    uint8_t digest[32]) {
    if (!ready()) return -ENOSYS;
    if (key_size > INT_MAX) return -E2BIG;
    unsigned length = 0;
    return HMAC(sha256, key, (int)key_size, bytes, size, digest, &length) ? 0 : -ENOMEM;
}

int sbx_equal_in_constant_time(const void *left, const void *right, size_t size) {
    return CRYPTO_memcmp(left, right, size) == 0;
}

static EVP_PKEY *private_key(const uint8_t seed[32]) {
    if (!ready()) return NULL;
    return EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, sbx_key_size);
}

static int raw_public(EVP_PKEY *key, uint8_t out[32]) {
    size_t size = sbx_key_size;
    if (EVP_PKEY_get_id(key) != EVP_PKEY_ED25519) return -ENOTSUP;
    return EVP_PKEY_get_raw_public_key(key, out, &size) == 1 ? 0 : -EINVAL;
}

int sbx_ed25519_public(const uint8_t seed[32], uint8_t public_key[32]) {
    EVP_PKEY *key = private_key(seed);
    if (key == NULL) return -ENOMEM;
    int result = raw_public(key, public_key);
    EVP_PKEY_free(key);
    return result;
}

int sbx_ed25519_sign(const uint8_t seed[32], const void *bytes, size_t size,
                     uint8_t signature[64]) {
    EVP_PKEY *key = private_key(seed);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    size_t length = sbx_signature_size;
    int signed_ = key && context && EVP_DigestSignInit(context, NULL, NULL, NULL, key) == 1
        && EVP_DigestSign(context, signature, &length, bytes, size) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return signed_ ? 0 : -ENOMEM;
}

int sbx_ed25519_verify(const uint8_t public_key[32], const void *bytes, size_t size,
                       const uint8_t signature[64]) {
    if (!ready()) return -ENOSYS;
    EVP_PKEY *key =
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public_key, sbx_key_size);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int good = key && context && EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) == 1
        && EVP_DigestVerify(context, signature, sbx_signature_size, bytes, size) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return good;
}

/// Nobody is asked for a pass phrase: an encrypted key does not open.
static int no_phrase(char *buffer, int size, int writing, void *context) {
    (void)buffer, (void)size, (void)writing, (void)context;
    return 0;
}

static EVP_PKEY *from_pem(const char *pem, size_t size, int is_private) {
    if (!ready() || size > INT_MAX) return NULL;
    BIO *source = BIO_new_mem_buf(pem, (int)size);
    if (source == NULL) return NULL;
    EVP_PKEY *key = is_private ? PEM_read_bio_PrivateKey(source, NULL, no_phrase, NULL)
                               : PEM_read_bio_PUBKEY(source, NULL, no_phrase, NULL);
    BIO_free(source);
    return key;
}

int sbx_ed25519_seed_from_pem(const char *pem, size_t size, uint8_t seed[32]) {
    EVP_PKEY *key = from_pem(pem, size, 1);
    if (key == NULL) return -EINVAL;
    size_t length = sbx_key_size;
    int result = -ENOTSUP;
    if (EVP_PKEY_get_id(key) == EVP_PKEY_ED25519)
        result = EVP_PKEY_get_raw_private_key(key, seed, &length) == 1 ? 0 : -EINVAL;
    EVP_PKEY_free(key);
    return result;
}

int sbx_ed25519_public_from_pem(const char *pem, size_t size, uint8_t public_key[32]) {
    EVP_PKEY *key = from_pem(pem, size, 0);
    if (key == NULL) return -EINVAL;
    int result = raw_public(key, public_key);
    EVP_PKEY_free(key);
    return result;
}
