#include "web/exchange.h"

#include "web/io_loop.h"
#include "web/response_writer.h"

namespace reachable::web {
namespace {

void report(const ServerCore& core, const Request& request, const std::exception& failure) noexcept
{
    try {
        if (core.on_failure) core.on_failure(request, failure);
    } catch (...) {
        // The report itself failed. The client still gets its answer.
        static_cast<void>(0);
    }
}

/// The edge of a request: whatever a handler throws ends here.
Response answer_to(const ServerCore& core, const Request& request) noexcept
{
    try {
        auto response = core.handler(request);
        if (is_sendable(response)) return response;
        throw Bug("A handler gave a response that cannot be written");
    } catch (const std::exception& failure) {
        report(core, request, failure);
    } catch (...) {
        report(core, request, std::runtime_error("A handler threw something that is not an exception"));
    }
    return failure_answer();
}

} // namespace

Exchange::Exchange(std::shared_ptr<ServerCore> core, std::shared_ptr<IoLoop> loop, Request request)
    : core_(std::move(core)), loop_(std::move(loop)), request_(std::move(request))
{
}

void Exchange::run()
{
    response_ = answer_to(*core_, request_);
    loop_->deliver(shared_from_this());
}

} // namespace reachable::web
