#include "policy/request_text.h"
#include "policy/test_table.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_set>

namespace reachable::policy {

namespace {

std::vector<FieldClass> every_field()
{
    std::vector<FieldClass> fields;
    for (std::size_t category = 0; category < category_count; ++category)
        for (std::size_t label = 0; label < shown_labels; ++label)
            for (const Told own : {Told::no, Told::yes})
                for (const Told released : {Told::no, Told::yes})
                    fields.push_back({static_cast<Category>(category), static_cast<Label>(label), own, released});
    return fields;
}

/// Who, what, for which purpose and while what, in one text: to find those that no row names.
std::string key_of(std::size_t role, std::size_t kind, std::string_view action, std::string_view purpose,
                   std::uint64_t relationships)
{
    return fmt::format("{} {} {} {} {}", role, kind, action, purpose, relationships);
}

std::uint64_t bits_of(const std::set<Relationship>& relationships)
{
    AnyOf<Relationship> set;
    for (const auto one : relationships) set.add(one);
    return set.bits();
}

bool is_plain(const Request& request)
{
    return !request.is_sealed && request.is_under_alert == Told::unknown &&
           request.is_opened_with_reason == Told::unknown && request.unsure_relationships.empty() &&
           !request.supervised && !request.break_glass;
}

class Runner {
  public:
    Runner(const TestTable& table, const TextPolicy& policy, std::size_t most_failures)
        : table_(table), policy_(policy), compiled_(policy.compiled()), most_failures_(most_failures)
    {
    }

    TestReport run()
    {
        for (const auto& row : table_.rows) run_row(row);
        run_lasts();
        if (table_.is_whole) run_rest();
        return std::move(report_);
    }

  private:
    bool is_full() const { return report_.failures.size() >= most_failures_; }

    void fail(std::string sentence)
    {
        if (!is_full()) report_.failures.push_back(std::move(sentence));
    }

    template <class Body>
    static void for_each_bit(std::uint64_t bits, Body body)
    {
        for (; bits != 0; bits &= bits - 1) body(static_cast<std::size_t>(std::countr_zero(bits)));
    }

    void run_row(const TestRow& row)
    {
        for_each_bit(row.roles, [&](std::size_t role) {
            for_each_bit(row.kinds, [&](std::size_t kind) {
                for (const auto& action : row.actions)
                    for (const auto& purpose : row.purposes)
                        for (const auto& situation : row.situations) {
                            auto request = situation;
                            request.role = static_cast<accounts::Role>(role);
                            request.agency_kind = static_cast<accounts::AgencyKind>(kind);
                            request.action = action;
                            request.purpose = purpose;
                            if (table_.is_whole && is_plain(request))
                                named_.insert(key_of(role, kind, action, purpose, bits_of(request.relationships)));
                            if (!is_full()) ask(row, request);
                        }
            });
        });
    }

    void ask(const TestRow& row, const Request& request)
    {
        ++report_.requests;
        const auto outcome = compiled_.decide(compiled_.situation_of(request));
        const bool is_own_case = request.relationships.contains(Relationship::own_agency);
        if (outcome.is_allowed != row.is_allowed)
            return say(row, request,
                       outcome.is_allowed ? "allowed, and should be denied" : "denied, and should be allowed");
        if (outcome.seen != (is_own_case ? as_own(row.seen) : row.seen))
            return say(row, request, "shown other fields than the table says");
        if (const auto rules = rules_used(outcome); rules != row.because)
            return say(row, request,
                       fmt::format("decided because of {}, not of {}", rules.empty() ? "nothing" : join(rules, ", "),
                                   row.because.empty() ? "nothing" : join(row.because, ", ")));
        if (outcome.is_allowed && !owes(outcome, row.duties))
            say(row, request, "bound to other duties than the table says");
    }

    /// In a case of their own organisation everything of it counts as supplied by it.
    static FieldView as_own(FieldView view)
    {
        for (auto& of_label : view.shown) {
            of_label[0] = of_label[1];
            of_label[2] = of_label[3];
        }
        return view;
    }

    std::vector<std::string> rules_used(const Outcome& outcome) const
    {
        static const auto fields = every_field();
        std::vector<std::string> rules;
        for (std::size_t place = 0; place < compiled_.rule_count(); ++place) {
            if (outcome.used[place]) rules.push_back(compiled_.id_of(place));
            if (!outcome.is_allowed || !outcome.limits[place]) continue;
            const auto [categories, at_most] = compiled_.cut_of(place);
            if (std::ranges::any_of(fields, [&](const FieldClass& field) {
                    return ((categories >> static_cast<unsigned>(field.category)) & 1U) != 0 &&
                           outcome.opened.of(field) > at_most;
                }))
                rules.push_back(compiled_.id_of(place));
        }
        std::ranges::sort(rules);
        return rules;
    }

    static bool owes(const Outcome& outcome, const Duties& duties)
    {
        std::array<std::int32_t, role_count> tell{};
        tell.fill(-1);
        for (const auto& notice : duties.notices)
            for_each_bit(notice.roles.bits(),
                         [&](std::size_t role) { tell[role] = static_cast<std::int32_t>(notice.within.count()); });
        return outcome.tell_within == tell &&
               outcome.expire_after == duties.expire_after.value_or(std::chrono::seconds{-1}).count() &&
               outcome.review_within_working_days == duties.review_within_working_days.value_or(-1);
    }

    void say(const TestRow& row, const Request& request, std::string_view what)
    {
        const auto line = print_request(request);
        fail(fmt::format("line {}: {}: {}", row.line, line ? *line : "a request that cannot be printed", what));
    }

    void run_lasts()
    {
        for (const auto& [relationship, lasts] : table_.lasts) {
            ++report_.requests;
            const auto* line = policy_.text().find_relationship(relationship);
            if (line == nullptr || line->lasts != lasts)
                fail(fmt::format("“{}” does not last {} after its end", word_of(relationship), duration_text(lasts)));
        }
    }

    /// Whoever an allow could fit, with one relationship or none. Nobody else can be allowed anything.
    void run_rest()
    {
        for (const auto& rule : policy_.text().allows)
            for_each_bit(rule.roles.bits(), [&](std::size_t role) {
                for_each_bit(rule.kinds.bits(), [&](std::size_t kind) {
                    for (const auto& action : rule.actions)
                        for (const auto& purpose : rule.purposes)
                            for (std::size_t one = 0; one <= relationship_count && !is_full(); ++one)
                                run_unnamed(role, kind, action, purpose,
                                            one == relationship_count ? 0 : std::uint64_t{1} << one);
                });
            });
    }

    void run_unnamed(std::size_t role, std::size_t kind, const std::string& action, const std::string& purpose,
                     std::uint64_t relationships)
    {
        if (named_.contains(key_of(role, kind, action, purpose, relationships))) return;
        ++report_.requests;
        Situation situation{.role = static_cast<int>(role),
                            .kind = static_cast<int>(kind),
                            .purpose = compiled_.place_of_purpose(purpose),
                            .action = compiled_.place_of_action(action),
                            .relationships = AnyOf<Relationship>::of_bits(relationships)};
        situation.not_marks.add(Mark::sealed);
        if (!compiled_.decide(situation).is_allowed) return;
        fail(fmt::format("{} of {} may {} for {} while {}: no row says so", words_of_roles()[role],
                         words_of_kinds()[kind], action, purpose,
                         relationships == 0
                             ? "nothing"
                             : words_of_relationships()[static_cast<std::size_t>(std::countr_zero(relationships))]));
    }

    const TestTable& table_;
    const TextPolicy& policy_;
    const Compiled& compiled_;
    std::size_t most_failures_;
    TestReport report_;
    std::unordered_set<std::string> named_;
};

} // namespace

TestReport run_tests(const TestTable& table, const TextPolicy& policy, std::size_t most_failures)
{
    return Runner(table, policy, most_failures).run();
}

} // namespace reachable::policy
