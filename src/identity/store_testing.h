// Children, source records and decisions for the tests of this room's store, on every engine at hand.
#pragma once

#include "identity/migrations.h"
#include "identity/people.h"
#include "identity/source_records.h"
#include "records/testing.h"

namespace reachable::identity::testing {

class StoreTest : public records::testing::RecordsTest {
  protected:
    StoreTest()
    {
        std::vector<storage::Migration> all(records::migrations().begin(), records::migrations().end());
        all.insert(all.end(), migrations().begin(), migrations().end());
        const auto done = storage::migrate(database->get(), all);
        if (!done) throw Bug(sentences(done.error()));
    }

    /// A child's record first on file at that moment.
    ChildId child_at(UtcTime at)
    {
        records::Child child{.id = ChildId::random(), .names = {records::read_name("Ayo Sample")}};
        EXPECT_TRUE(write([&](auto& t) { return records::store_child(t, child, 0, worker, "", at); }));
        return child.id;
    }
    /// What a source holds of the child, sent now.
    Receipt send(ChildId home, std::string reference, std::string postcode = "")
    {
        SourceRecord record{.source = "northmere-custody", .reference = std::move(reference)};
        if (!postcode.empty()) record.postcodes = {std::move(postcode)};
        auto receipt = write([&](auto& t) { return receive(t, force, record, morning, {.home = home}); });
        EXPECT_TRUE(receipt) << sentences(receipt.error());
        return *receipt;
    }

    Judgement judged(DecisionKind kind, ChildId one, ChildId other) const
    {
        return {.kind = kind,
                .one = one,
                .other = other,
                .worker = worker,
                .agency = force,
                .reason = "The same scar on the left hand"};
    }
    Result<Decision> decide_so(const Judgement& judgement, UtcTime at)
    {
        return write([&](auto& t) { return decide(t, judgement, at); });
    }
    Result<Decision> decide_so(DecisionKind kind, ChildId one, ChildId other)
    {
        return decide_so(judged(kind, one, other), morning);
    }
    Undoing undoing(std::int64_t sequence) const
    {
        return {.sequence = sequence,
                .worker = worker,
                .agency = force,
                .reason = "The photographs show two children",
                .confirmed_by = second_person};
    }
    Result<Decision> undo_so(std::int64_t sequence) { return undo_so(undoing(sequence), morning); }
    Result<Decision> undo_so(const Undoing& wanted, UtcTime at)
    {
        return write([&](auto& t) { return undo(t, wanted, at); });
    }
    std::vector<ChildId> members(ChildId child)
    {
        return read([&](auto& t) { return members_of(t, child); });
    }
    bool are_apart(ChildId one, ChildId other)
    {
        return read([&](auto& t) { return is_decided_apart(t, one, other); });
    }
    bool are_offered(ChildId one, ChildId other)
    {
        return read([&](auto& t) { return may_be_offered(t, one, other); });
    }

    const AgencyId force = AgencyId::random();
    const WorkerId second_person = WorkerId::random();
};

/// The kind of the first problem; a Bug where nothing was refused.
template <class T>
ProblemKind refusal(const Result<T>& result)
{
    if (result) throw Bug("nothing was refused");
    return result.error().front().kind;
}

/// The field of each problem, in order.
template <class T>
std::vector<std::string> fields_of(const Result<T>& result)
{
    std::vector<std::string> fields;
    if (!result)
        for (const auto& problem : result.error()) fields.push_back(problem.field);
    return fields;
}

} // namespace reachable::identity::testing
