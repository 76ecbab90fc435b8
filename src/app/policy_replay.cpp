#include "app/policy_replay.h"

#include "audit/store.h"
#include "base/text.h"
#include "policy/kept_texts.h"
#include "policy/question.h"

#include <fmt/format.h>
#include <utility>

namespace reachable::app {
namespace {

using audit::Entry;
using audit::Operation;

/// An act is asked about under its own name, and its entry names no categories: it shows nothing.
bool names_categories(const policy::Request& asked)
{
    return asked.action == "read" || asked.action == "search";
}

/// What the entry says otherwise than the decision made again; empty if they agree. A refusal may have had another
/// reason than the policy (a wrong state, a malformed value): then the rules say whether the policy decides as it did.
std::string difference(const Entry& entry, const policy::Request& asked, const policy::Decision& decision)
{
    if (asked.purpose != entry.purpose || accounts::code_of(asked.role) != entry.role)
        return "its question is somebody else's";
    if (const auto rules = join(decision.rules, ","); rules != entry.rules)
        return fmt::format("its rules are “{}”, and the policy decides by “{}”", entry.rules, rules);
    const bool is_refused = entry.operation == Operation::refusal;
    if (!is_refused && !decision.is_allowed) return "it was allowed, and the policy refuses it";
    if (!names_categories(asked)) return {};
    const auto bits = policy::category_bits(asked.fields, decision);
    const bool shows_the_same = entry.view == bits.shown || (is_refused && entry.view == 0);
    if (entry.categories != bits.asked || !shows_the_same) return "other categories are shown";
    return {};
}

class Replay final : public audit::LogReader {
  public:
    Replay(policy::KeptPolicies policies, const ReplayRange& range) : policies_(std::move(policies)), range_(range) {}

    void take(const StoredEntry& stored) override
    {
        const auto sequence = static_cast<std::uint64_t>(stored.sequence);
        if (sequence < range_.first || sequence > range_.last) return;
        const auto entry = audit::parse_entry(
            std::string_view(reinterpret_cast<const char*>(stored.bytes.data()), stored.bytes.size()));
        if (!entry)
            found_.unreadable.push_back(fmt::format("Entry {}: it is not written as entries are.", sequence));
        else if (entry->question.empty())
            ++found_.without_question;
        else
            decide_again(*entry);
    }
    void take(const StoredCheckpoint&) override {}

    Replayed found() { return std::move(found_); }

  private:
    void decide_again(const Entry& entry)
    {
        const auto policy = policies_.find(entry.policy_hash);
        if (policy == policies_.end()) return void(++found_.without_policy);
        count(entry.operation);
        const auto asked = policy::read_question(entry.question);
        if (!asked) return differs(entry.sequence, "its question cannot be read");
        const auto said = difference(entry, *asked, policy->second->decide(*asked));
        if (!said.empty()) differs(entry.sequence, said);
    }
    void count(Operation operation)
    {
        if (operation == Operation::act)
            ++found_.acts;
        else if (operation == Operation::look)
            ++found_.looks;
        else if (operation == Operation::refusal)
            ++found_.refusals;
        else
            ++found_.others;
    }
    void differs(std::uint64_t sequence, std::string_view how)
    {
        found_.differing.push_back(fmt::format("Entry {}: {}.", sequence, how));
    }

    policy::KeptPolicies policies_;
    ReplayRange range_;
    Replayed found_;
};

} // namespace

std::string Replayed::in_words() const
{
    return fmt::format("{} decisions replayed, {} alike, {} differ, {} without a question (older, or nothing was "
                       "decided), {} of a policy that is not kept, {} unreadable",
                       decided(), decided() - differing.size(), differing.size(), without_question, without_policy,
                       unreadable.size());
}

Replayed replay(storage::Database& database, const ReplayRange& range)
{
    Replayed found;
    database.read([&](storage::Transaction& transaction) {
        Replay reader(policy::kept_policies(transaction), range);
        audit::read_log(transaction, reader);
        found = reader.found();
    });
    return found;
}

} // namespace reachable::app
