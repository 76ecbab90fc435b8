// The server's side of TLS: version 1.3 and nothing older, with the certificate and key of two PEM files.
#pragma once

#include "base/result.h"

#include <memory>

struct ssl_ctx_st;

namespace reachable::web {

/// Refuses a certificate or key that cannot be read, and a key that belongs to another certificate. The certificate
/// file may hold the chain that leads to a known authority after the certificate itself.
Result<std::shared_ptr<ssl_ctx_st>> tls_for_server(const std::string& certificate_file, const std::string& key_file);

} // namespace reachable::web
