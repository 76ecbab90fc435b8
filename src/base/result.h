// Refusals as values. A Result holds what was asked for, or the problems that a person can act on.
// Domain code returns problems; it throws only `Bug`, when a promise of the program itself is broken.
#pragma once

#include <source_location>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace reachable {

/// What is wrong, in the few ways that callers treat differently.
enum class ProblemKind {
    missing,      // something needed was not given
    malformed,    // something given cannot be read
    out_of_order, // not possible in the present state
    conflict,     // somebody else changed it first, or the same key was used for something else
    withheld,     // the policy says no
    not_found,    // no such thing, or not for you: the two look the same
    too_large,    // over a stated limit
    too_many,     // too often: try again later
    unavailable,  // a part that is needed does not answer
};

/// One problem: a sentence a person can act on, and the field it belongs to (empty: the whole).
/// A sentence never repeats a name, address or other value from a record.
struct Problem {
    ProblemKind kind = ProblemKind::malformed;
    std::string sentence;
    std::string field = {};
    bool operator==(const Problem&) const = default;
};

using Problems = std::vector<Problem>;

/// The value asked for, or every problem found at once (never an empty list).
template <class T = void>
using Result = tl::expected<T, Problems>;

/// A refusal with one problem, ready to be returned from any function that gives a Result.
[[nodiscard]] inline tl::unexpected<Problems> refuse(ProblemKind kind, std::string sentence, std::string field = {})
{
    return tl::unexpected<Problems>(Problems{{kind, std::move(sentence), std::move(field)}});
}

/// A refusal with problems that were gathered one by one.
[[nodiscard]] inline tl::unexpected<Problems> refuse(Problems problems)
{
    return tl::unexpected<Problems>(std::move(problems));
}

/// Refuses with these problems if there are any.
[[nodiscard]] inline Result<> refuse_if_any(Problems problems)
{
    if (problems.empty()) return {};
    return refuse(std::move(problems));
}

/// A broken promise of the program itself. Caught in one place: the edge of a request.
struct Bug : std::logic_error {
    using std::logic_error::logic_error;
};

/// The name used in the API and in tests: "out_of_order".
std::string_view name_of(ProblemKind kind);

/// All sentences of a list, joined by spaces: for logs and test messages.
std::string sentences(const Problems& problems);

[[noreturn]] void throw_bug(std::string_view sentence, std::source_location where);

} // namespace reachable

/// Gives the value of a Result or returns its problems from the enclosing function.
#define TRY(...)                                                                                                       \
    ({                                                                                                                 \
        auto try_result_ = (__VA_ARGS__);                                                                              \
        if (!try_result_) return ::tl::unexpected<::reachable::Problems>(std::move(try_result_.error()));              \
        ::reachable::detail::value_of(std::move(try_result_));                                                         \
    })

/// Holds in every build; a failure is a Bug.
#define CHECK(condition, sentence)                                                                                     \
    do {                                                                                                               \
        if (!(condition)) ::reachable::throw_bug(sentence, std::source_location::current());                           \
    } while (false)

namespace reachable::detail {
template <class T>
T value_of(Result<T>&& result)
{
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}
} // namespace reachable::detail
