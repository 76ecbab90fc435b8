// One client's connection, from accept to close: requests are read, handed to a worker and answered one after another.
#pragma once

#include "web/io_loop.h"

namespace boost::asio {
class io_context;
}

namespace reachable::web {

/// Takes over an accepted socket and serves it on the thread of `context` until either side ends it.
void serve_connection(boost::asio::io_context& context, const std::shared_ptr<IoLoop>& loop, int socket,
                      std::string client_address);

} // namespace reachable::web
