// Any bytes are either refused, each problem with a sentence, or read as a policy that is printed and read back alike
// and that decides without a fault. The first bytes also stand for a request.
#include "policy/plain_decide.h"
#include "policy/request_text.h"
#include "policy/test_table.h"

namespace {

using namespace reachable;
using namespace reachable::policy;

void insist_on_sentences(const Problems& problems)
{
    CHECK(!problems.empty(), "a text was refused without a problem");
    for (const auto& problem : problems) CHECK(!problem.sentence.empty(), "a problem has no sentence");
}

void decide_alike(const TextPolicy& policy, const Request& request)
{
    const auto fast = policy.decide(request);
    const auto plain = plain_decide(policy.text(), request);
    CHECK(fast.is_allowed == plain.is_allowed && fast.fields == plain.fields && fast.rules == plain.rules,
          "two evaluators decided differently");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto first_line = text.substr(0, text.find('\n'));
    const auto request = read_request(first_line);
    if (!request) insist_on_sentences(request.error());
    if (const auto table = read_test_table(text); !table) insist_on_sentences(table.error());

    auto read = read_policy(request ? text.substr(first_line.size()) : text);
    if (!read) {
        insist_on_sentences(read.error());
        return 0;
    }
    const auto printed = print_policy(*read);
    const auto again = read_policy(printed);
    CHECK(again && *again == *read, "a policy that was printed does not read as the same policy");
    const TextPolicy policy(std::move(*read));
    if (request) decide_alike(policy, *request);
    for (const auto& rule : policy.text().allows) {
        Request fitting;
        fitting.role = static_cast<accounts::Role>(std::countr_zero(rule.roles.bits()));
        fitting.agency_kind = static_cast<accounts::AgencyKind>(std::countr_zero(rule.kinds.bits()));
        fitting.purpose = rule.purposes.front();
        fitting.action = rule.actions.front();
        fitting.fields = {{Category::address, Label::sensitive},
                          {Category::custody, Label::open, Told::yes, Told::yes}};
        decide_alike(policy, fitting);
    }
    return 0;
}
