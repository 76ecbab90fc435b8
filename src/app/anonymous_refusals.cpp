#include "app/anonymous_refusals.h"

#include <utility>

namespace reachable::app {

std::optional<std::uint64_t> AnonymousRefusals::take(const std::string& address, UtcTime now)
{
    const std::lock_guard lock(guard_);
    if (now != second_) addresses_.clear();
    second_ = now;
    const bool is_left_out = addresses_.size() >= most_a_second || !addresses_.insert(address).second;
    if (is_left_out) {
        ++left_out_;
        return std::nullopt;
    }
    return std::exchange(left_out_, 0);
}

std::string_view anonymous_refusal(bool is_post, std::string_view path, int status)
{
    if (status == 401 && path.starts_with("/api/")) return "api.token";
    if (!is_post) return {};
    if (path == "/sign-in" && status == 403) return "sign_in.form";
    if (path.starts_with("/a/") && status == 404) return "link.press";
    return {};
}

} // namespace reachable::app
