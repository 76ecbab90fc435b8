#include "app/signed_versions.h"

#include "accounts/accounts.h"
#include "app/capabilities.h"
#include "app/what_repeats.h"
#include "audit/store.h"
#include "capabilities/missing/missing.h"
#include "capabilities/sharing/sharing.h"
#include "casework/search.h"
#include "storage/columns.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace reachable::app {
namespace {

using storage::to_value;
using storage::Transaction;

constexpr std::size_t most_named = 100;

/// Reads the log in its order: the first act of a case made its version 1, the next one version 2, and so on.
class VersionCheck final : public audit::LogReader {
  public:
    VersionCheck(Transaction& transaction, audit::Verification& verification)
        : transaction_(transaction), verification_(verification)
    {
    }
    void take(const StoredEntry& stored) override
    {
        const auto text = std::string_view(reinterpret_cast<const char*>(stored.bytes.data()), stored.bytes.size());
        const auto entry = audit::parse_entry(text);
        // One that cannot be read is a fault that the check of the log names.
        if (entry && entry->action == "search" && !casework::is_reason_of(transaction_, *entry))
            fault(fmt::format("The reason of the search in entry {} is not what was signed for.", entry->sequence));
        if (!entry || entry->operation != audit::Operation::act) return;
        check(*entry, ++versions_[entry->case_id]);
        ++signed_;
    }
    void take(const StoredCheckpoint&) override {}
    void check_that_none_is_unsigned()
    {
        const auto stored = transaction_.query("select count(*) from case_versions").front().integer(0);
        if (stored > signed_)
            fault(fmt::format("Versions of cases that no entry was signed for: {}.", stored - signed_));
    }

  private:
    void check(const audit::Entry& entry, std::int64_t version)
    {
        const auto name = fmt::format("Version {} of case {}", version, entry.case_id.text());
        const auto rows = transaction_.query("select v.at, v.action, v.worker, v.agency, v.role, v.salt, v.facts, "
                                             "c.type, v.state, v.reason from case_versions v "
                                             "join cases c on c.id = v.case_id where v.case_id = $1 and v.version = $2",
                                             {to_value(entry.case_id), version});
        if (rows.empty()) return fault(name + " is missing.");
        const auto& row = rows.front();
        const bool is_by_the_same = storage::time_at(row, 0) == entry.at &&
                                    row.text(7) + "." + row.text(1) == entry.action &&
                                    storage::id_at<WorkerId>(row, 2) == entry.worker &&
                                    storage::id_at<AgencyId>(row, 3) == entry.agency && row.text(4) == entry.role;
        if (!is_by_the_same || !opens(entry, row.bytes(5), row.text(6), row.text(8) + "\n" + row.text(9)))
            fault(name + " is not what was signed for.");
    }
    /// An entry from before state and reason were committed to holds the commitment to the facts alone.
    static bool opens(const audit::Entry& entry, const Bytes& salt, const std::string& facts,
                      const std::string& state_and_reason)
    {
        constexpr std::size_t salt_size = 32;
        if (salt.size() != salt_size || entry.commitments.empty()) return false;
        std::vector expected{audit::commit_to(salt, facts)};
        if (entry.commitments.size() > 1) expected.push_back(audit::commit_to(salt, state_and_reason));
        return entry.commitments == expected;
    }
    void fault(std::string sentence)
    {
        verification_.is_whole = false;
        if (++fault_count_ <= most_named) verification_.faults.push_back(std::move(sentence));
        if (fault_count_ == most_named + 1) verification_.faults.emplace_back("There are more such versions.");
    }

    Transaction& transaction_;
    audit::Verification& verification_;
    std::map<CaseId, std::int64_t> versions_;
    std::int64_t signed_ = 0;
    std::size_t fault_count_ = 0;
};

/// Where a case stands, beside its newest version: lists, queues and links are read from here.
bool stands_as_its_newest_version(Transaction& transaction, const casework::CaseType& type,
                                  const casework::CaseHead& head)
{
    const auto history = casework::load_history(transaction, head.id);
    if (history.empty() || history.front().at != head.opened_at) return false;
    const auto& newest = history.back();
    if (newest.version != head.version || newest.state != head.state || newest.at != head.changed_at) return false;
    const auto loaded = casework::load_version(transaction, type, head.id, head.version);
    const auto says = type.heading(loaded->facts.get());
    const auto& stands = head.heading;
    return says.child == stands.child && says.other == stands.other && says.agency == stands.agency &&
           says.team == stands.team && says.partner == stands.partner && says.partner_team == stands.partner_team;
}

/// By what a queue is sorted, beside the clocks themselves.
bool is_due_when_its_clocks_say(Transaction& transaction, CaseId id, std::int64_t due_at)
{
    const auto first = casework::first_due(casework::load_clocks(transaction, id));
    constexpr std::int64_t end_of_year_9999 = 253'402'300'799; // what no clock runs for stands behind all times
    return first ? to_seconds(*first) == due_at : due_at > end_of_year_9999;
}

std::vector<std::string> cases_that_differ(Transaction& transaction)
{
    std::vector<std::string> faults;
    for (const auto* type : all_types())
        for (const auto& row : transaction.query("select id, is_open, due_at from cases where type = $1 order by id",
                                                 {std::string(type->name)})) {
            const auto head = casework::load_head(transaction, storage::id_at<CaseId>(row, 0));
            const bool is_open = row.integer(1) == 1;
            if (is_open == type->is_open(head.state) &&
                is_due_when_its_clocks_say(transaction, head.id, row.integer(2)) &&
                stands_as_its_newest_version(transaction, *type, head))
                continue;
            faults.push_back(fmt::format("Case {} does not stand as its newest version says.", head.id.text()));
            if (faults.size() == most_named) return faults;
        }
    return faults;
}

} // namespace

audit::Verification verify_with_cases(storage::Database& database, std::span<const std::uint8_t> open_key,
                                      std::string_view kept_checkpoints)
{
    const auto of_log = audit::verify(database, open_key, kept_checkpoints);
    auto verification = of_log;
    // As in the check of the log itself, what cannot be read is a fault and not a failure of the check.
    const auto unreadable = [&](const std::exception& failure) {
        verification.is_whole = false;
        verification.faults.push_back(std::string("The cases cannot be read to their end: ") + failure.what());
    };
    try {
        database.read([&](Transaction& transaction) {
            verification = of_log;
            VersionCheck check(transaction, verification);
            audit::read_log(transaction, check);
            check.check_that_none_is_unsigned();
            auto differing = cases_that_differ(transaction);
            for (auto& sentence : sharing::ties_that_differ(transaction)) differing.push_back(std::move(sentence));
            for (auto& sentence : missing::ties_that_differ(transaction)) differing.push_back(std::move(sentence));
            for (auto& sentence : patterns_that_differ(transaction)) differing.push_back(std::move(sentence));
            for (auto& sentence : differing) {
                verification.is_whole = false;
                verification.faults.push_back(std::move(sentence));
            }
        });
    } catch (const storage::StorageFailure& failure) {
        unreadable(failure);
    } catch (const Bug& failure) {
        unreadable(failure);
    }
    return verification;
}

} // namespace reachable::app
