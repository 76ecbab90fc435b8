#include "storage/meanwhile.h"

#include <utility>

namespace reachable::storage {

namespace {

thread_local Meanwhile* standing = nullptr;

} // namespace

Meanwhile::Meanwhile()
{
    CHECK(standing == nullptr, "An answer is made on this thread already");
    standing = this;
}

Meanwhile::~Meanwhile()
{
    standing = nullptr;
}

void Meanwhile::settle()
{
    has_settled_ = true;
    bool are_in_time = true;
    for (const auto& note : std::exchange(notes_, {})) are_in_time = note->wait() && are_in_time;
    if (!are_in_time) throw LookAgain();
}

Meanwhile* Meanwhile::on_this_thread()
{
    return standing == nullptr || standing->has_settled_ ? nullptr : standing;
}

void settle_before_a_write()
{
    if (auto* meanwhile = Meanwhile::on_this_thread()) meanwhile->settle();
}

} // namespace reachable::storage
