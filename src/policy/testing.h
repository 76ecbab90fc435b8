// What tests of the policy share: the shipped text, small random texts and random requests.
#pragma once

#include "base/testing.h"
#include "policy/text_policy.h"

#include <fstream>
#include <random>
#include <sstream>

namespace reachable::policy::testing {

inline std::string file_text(const std::string& name)
{
    std::ifstream in(name, std::ios::binary);
    CHECK(in, "a file of the tests is missing: run them from the root of the checkout");
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

inline std::string shipped_text()
{
    return file_text("data/policy/reachable.policy");
}
/// The shipped policy, read once.
const TextPolicy& shipped();

/// The part of a long test that is done: under a sanitizer a fortieth.
inline constexpr std::size_t one_part_in = reachable::testing::times(1, 40);

/// The number in an environment variable, or `otherwise`: how much a test should do.
std::size_t number_from_environment(const char* name, std::size_t otherwise);

/// Random things from a few words, so that rules and requests meet often. The same seed gives the same things.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : random_(seed) {}

    std::size_t below(std::size_t count) { return random_() % count; }
    bool one_in(std::size_t count) { return below(count) == 0; }
    std::mt19937_64& engine() { return random_; }

    PolicyText policy();
    /// Words of `text`, and now and then a word or a number that is none.
    Request request(const PolicyText& text);
    Condition condition(const PolicyText& text);
    Duties duties();
    AllowRule allow(const PolicyText& text, std::string id);
    LimitRule limit(const PolicyText& text, std::string id);
    ForbidRule forbid(const PolicyText& text, std::string id);
    BreakGlassRule break_glass(const PolicyText& text, std::string id);

  private:
    template <class T>
    AnyOf<T> some(std::initializer_list<T> from)
    {
        AnyOf<T> set(*(from.begin() + below(from.size())));
        for (const T one : from)
            if (one_in(3)) set.add(one);
        return set;
    }
    std::vector<std::string> some_of(const std::vector<std::string>& words);
    Fact fact(const PolicyText& text);

    std::mt19937_64 random_;
};

} // namespace reachable::policy::testing
