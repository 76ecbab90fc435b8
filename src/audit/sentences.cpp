#include "audit/sentences.h"

#include <algorithm>

namespace reachable::audit {
namespace {

constexpr std::string_view look_mark = "look:";

bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool starts_with_a_vowel(std::string_view word)
{
    return !word.empty() && std::string_view("aeiouAEIOU").find(word.front()) != std::string_view::npos;
}

/// "Keep a child safe" is "keep a child safe" inside a sentence; "NRM decision" stays.
std::string inside_a_sentence(std::string text)
{
    const bool is_plain_word = text.size() > 1 && (is_lower(text[1]) || text[1] == ' ');
    if (is_plain_word && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
    return text;
}

/// "Sgt Hale, custody sergeant of Northmere Police,"
std::string known_person(const Names& names)
{
    auto words = names.person;
    if (!names.role.empty()) words += ", " + inside_a_sentence(names.role);
    if (!names.agency.empty()) words += (names.role.empty() ? ", " : " of ") + names.agency;
    if (!names.on_behalf_of.empty()) words += ", on behalf of " + names.on_behalf_of;
    return words + ",";
}

std::string who(const Entry& entry, const Names& names)
{
    if (entry.worker.is_none() && names.role.empty())
        return entry.operation == Operation::sign_in_refused || entry.operation == Operation::refusal ? "Somebody"
                                                                                                      : "The service";
    if (!names.person.empty()) return known_person(names);
    auto words = names.role.empty() ? std::string("Somebody")
                                    : (starts_with_a_vowel(names.role) ? "An " : "A ") + inside_a_sentence(names.role);
    if (!names.agency.empty()) words += " of " + names.agency;
    if (!names.on_behalf_of.empty()) words += ", on behalf of " + names.on_behalf_of + ",";
    return words;
}

/// "look:custody.brief" is "the custody brief".
std::string thing_looked_at(std::string_view action)
{
    auto words = std::string(action.substr(look_mark.size()));
    std::replace_if(words.begin(), words.end(), [](char c) { return c == '.' || c == '_'; }, ' ');
    return "the " + words;
}

bool is_look(const Entry& entry)
{
    return entry.action.size() > look_mark.size() && entry.action.starts_with(look_mark);
}

std::string done(const Entry& entry, const Names& names)
{
    if (!names.action.empty()) return names.action;
    if (is_look(entry)) return "read " + thing_looked_at(entry.action);
    return entry.action.empty() ? "did something" : "did " + entry.action;
}

/// Refusals at the entrance, before anything of the record was asked for.
std::string_view asked_without_right(std::string_view action)
{
    if (action == "api.token") return "called the API without a good token and was refused";
    if (action == "api.purpose") return "called the API without a purpose of their role and was refused";
    if (action == "form.token") return "sent a form that was not theirs or no longer open and was refused";
    if (action == "sign_in.form") return "sent a sign-in form that was not theirs or no longer open and was refused";
    if (action == "link.press") return "pressed a link that is not known or is over and was refused";
    if (action == "purpose.choose") return "chose a purpose that is not of their role and was refused";
    return {};
}

/// "and_17_more" is how many like it have no entry of their own.
std::string_view left_out(const Entry& entry)
{
    constexpr std::string_view start = "and_";
    constexpr std::string_view end = "_more";
    const std::string_view code = entry.reason_code;
    if (entry.operation != Operation::refusal || !code.starts_with(start) || !code.ends_with(end)) return {};
    return code.substr(start.size(), code.size() - start.size() - end.size());
}

std::string wrongly_filled_in(const Entry& entry, const Names& names)
{
    if (!names.button.empty()) return "filled in “" + names.button + "” in a way that could not be saved";
    if (!names.tried.empty()) return "filled in wrongly what was needed to " + names.tried;
    return "sent " + entry.action + " filled in wrongly, and nothing was saved";
}

std::string refused(const Entry& entry, const Names& names)
{
    if (is_wrongly_filled_in(entry)) return wrongly_filled_in(entry, names);
    if (!names.button.empty()) return "tried “" + names.button + "” and was refused";
    if (!names.tried.empty()) return "tried to " + names.tried + " and was refused";
    if (is_look(entry)) return "asked for " + thing_looked_at(entry.action) + " and was refused";
    if (const auto asked = asked_without_right(entry.action); !asked.empty()) return std::string(asked);
    return entry.action.empty() ? "was refused" : "asked to do " + entry.action + " and was refused";
}

std::string what(const Entry& entry, const Names& names)
{
    switch (entry.operation) {
    case Operation::refusal: return refused(entry, names);
    case Operation::sign_in: return "signed in";
    case Operation::sign_out: return "signed out";
    case Operation::sign_in_refused: return "tried to sign in and was refused";
    case Operation::notification: return names.action.empty() ? "sent a notice" : names.action;
    case Operation::clock: return names.action.empty() ? "noted the clock " + entry.action : names.action;
    case Operation::act:
    case Operation::look:
    case Operation::disclosure:
    case Operation::administration: return done(entry, names);
    }
    return done(entry, names);
}

std::string when(const Entry& entry, const Names& names)
{
    if (!names.when.empty()) return names.when;
    const auto iso = to_iso(entry.at);
    return iso.substr(0, 10) + " at " + iso.substr(11, 5) + " UTC";
}

} // namespace

bool is_wrongly_filled_in(const Entry& entry)
{
    const bool is_form =
        entry.outcome == name_of(ProblemKind::missing) || entry.outcome == name_of(ProblemKind::malformed);
    return entry.operation == Operation::refusal && is_form && !entry.action.empty();
}

std::string sentence(const Entry& entry, const Names& names)
{
    auto text = who(entry, names) + ' ' + what(entry, names);
    if (!names.recipients.empty()) text += " to " + names.recipients;
    text += " on " + when(entry, names);
    if (!names.purpose.empty()) text += ", to " + inside_a_sentence(names.purpose);
    text += '.';
    if (const auto count = left_out(entry); !count.empty())
        text += " Before it " + std::string(count) + " more from people unknown were refused without an entry each.";
    if (entry.operation == Operation::look && entry.view != entry.categories) text += " Part of it was hidden.";
    return text;
}

} // namespace reachable::audit
