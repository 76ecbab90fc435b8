#include "policy/read_parts.h"

#include <fmt/format.h>

namespace reachable::policy {

namespace {

/// Words of the program's own list that the text declares.
Result<std::uint64_t> declared_list(TokenReader& reader, Words known, const std::vector<std::string>& declared,
                                    std::string_view what)
{
    std::uint64_t bits = 0;
    for (const auto& word : TRY(reader.words_of(declared, what))) bits |= std::uint64_t{1} << *place_of(word, known);
    return bits;
}

} // namespace

Result<AnyOf<Category>> categories(TokenReader& reader, const Declared& declared)
{
    return AnyOf<Category>::of_bits(TRY(declared_list(reader, words_of_categories(), declared.categories, "category")));
}

Result<AnyOf<Relationship>> relationships(TokenReader& reader, const Declared& declared)
{
    return AnyOf<Relationship>::of_bits(
        TRY(declared_list(reader, words_of_relationships(), declared.relationships, "relationship")));
}

Result<AnyOf<accounts::Role>> roles(TokenReader& reader, std::span<const NamedWords> groups)
{
    return AnyOf<accounts::Role>::of_bits(TRY(reader.list_of(words_of_roles(), "role", groups)));
}

Result<AnyOf<accounts::AgencyKind>> kinds(TokenReader& reader, std::span<const NamedWords> groups)
{
    return AnyOf<accounts::AgencyKind>::of_bits(TRY(reader.list_of(words_of_kinds(), "kind of agency", groups)));
}

Result<Label> ceiling(TokenReader& reader)
{
    TRY(reader.expect("up to"));
    if (reader.is_at("sealed"))
        return reader.fault("“sealed” is above every rule. Here may stand: open, personal, sensitive, restricted");
    return static_cast<Label>(TRY(reader.one_of(words_of_labels(), "label")));
}

namespace {

Result<Fact> fact_of(TokenReader& reader, const Declared& declared)
{
    static const std::vector<std::string> subjects = {"purpose",      "role",   "kind",         "action",
                                                      "relationship", "record", "second-factor"};
    Fact fact{.subject = static_cast<Subject>(TRY(reader.one_of(subjects, "thing to ask about")))};
    if (fact.subject == Subject::second_factor) {
        TRY(reader.expect("within"));
        fact.within = TRY(reader.duration());
        return fact;
    }
    TRY(reader.expect("is"));
    fact.is_not = reader.take("not");
    switch (fact.subject) {
    case Subject::purpose: fact.words = TRY(reader.words_of(declared.all_purposes, "purpose")); break;
    case Subject::action: fact.words = TRY(reader.words_of(declared.actions, "action")); break;
    case Subject::role: fact.members = TRY(roles(reader)).bits(); break;
    case Subject::kind: fact.members = TRY(kinds(reader)).bits(); break;
    case Subject::relationship: fact.members = TRY(relationships(reader, declared)).bits(); break;
    default: fact.members = TRY(reader.list_of(words_of_marks(), "mark of a record")); break;
    }
    return fact;
}

Result<Condition> condition_of(TokenReader& reader, const Declared& declared)
{
    Condition condition;
    do {
        std::vector<Fact> group;
        do group.push_back(TRY(fact_of(reader, declared)));
        while (reader.take("and"));
        condition.groups.push_back(std::move(group));
    } while (reader.take("or"));
    return condition;
}

Result<> add_duty(TokenReader& reader, Duties& duties)
{
    static const std::vector<std::string> words = {"log", "notify", "expire", "review"};
    const auto which = TRY(reader.one_of(words, "duty"));
    const bool is_twice = (which == 0 && duties.log) || (which == 2 && duties.expire_after) ||
                          (which == 3 && duties.review_within_working_days);
    if (is_twice) return reader.fault(fmt::format("“{}” stands twice. Say it once", words[which]));
    if (which == 0) duties.log = true;
    if (which == 1) {
        Notice notice{.roles = TRY(roles(reader))};
        if (!reader.take("now")) {
            TRY(reader.expect("within"));
            notice.within = TRY(reader.duration());
        }
        duties.notices.push_back(notice);
    }
    if (which == 2) {
        TRY(reader.expect("after"));
        duties.expire_after = TRY(reader.duration());
    }
    if (which == 3) {
        TRY(reader.expect("within"));
        duties.review_within_working_days = TRY(reader.count());
        TRY(reader.expect("working"));
        if (!reader.take("day")) TRY(reader.expect("days"));
    }
    return {};
}

} // namespace

Result<Duties> duties_of(TokenReader& reader)
{
    Duties duties;
    if (!reader.take("then")) return duties;
    do TRY(add_duty(reader, duties));
    while (reader.take(";"));
    return duties;
}

Result<Condition> condition_after(TokenReader& reader, const Declared& declared, std::string_view word)
{
    if (!reader.take(word)) return Condition{};
    return condition_of(reader, declared);
}

} // namespace reachable::policy
