#include "web/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace reachable::web {
namespace {

/// The file's name may be said: it comes from the settings, not from a record.
tl::unexpected<Problems> cannot(std::string_view what, const std::string& file)
{
    ERR_clear_error();
    return refuse(ProblemKind::unavailable, std::string(what) + " " + file);
}

/// One protocol on this port: a client that offers only others is told so in the handshake, and cannot be led to send
/// one protocol's words to a server of another.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered,
                    unsigned int offered_length, void*)
{
    constexpr unsigned char ours[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    unsigned char* found = nullptr;
    if (SSL_select_next_proto(&found, length, ours, sizeof ours, offered, offered_length) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *chosen = found;
    return SSL_TLSEXT_ERR_OK;
}

} // namespace

Result<std::shared_ptr<ssl_ctx_st>> tls_for_server(const std::string& certificate_file, const std::string& key_file)
{
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    CHECK(context != nullptr, "OpenSSL could not make a context");
    CHECK(SSL_CTX_set_min_proto_version(context.get(), TLS1_3_VERSION) == 1, "OpenSSL has no TLS 1.3");
    SSL_CTX_set_options(context.get(), SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    // An idle connection gives its buffers back, and a write may go on from a buffer that has moved.
    SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_alpn_select_cb(context.get(), choose_protocol, nullptr);
    if (SSL_CTX_use_certificate_chain_file(context.get(), certificate_file.c_str()) != 1)
        return cannot("There is no readable certificate in", certificate_file);
    // Checked on its own first, so that a key of another certificate is told apart from a key that cannot be read.
    if (SSL_CTX_use_PrivateKey_file(context.get(), key_file.c_str(), SSL_FILETYPE_PEM) != 1) {
        const bool is_for_another = ERR_GET_REASON(ERR_peek_error()) == X509_R_KEY_VALUES_MISMATCH ||
                                    ERR_GET_REASON(ERR_peek_error()) == X509_R_KEY_TYPE_MISMATCH;
        if (is_for_another) return cannot("The key does not belong to the certificate:", key_file);
        return cannot("There is no readable key in", key_file);
    }
    if (SSL_CTX_check_private_key(context.get()) != 1)
        return cannot("The key does not belong to the certificate:", key_file);
    return context;
}

} // namespace reachable::web
