#include "records/name.h"

#include "base/text.h"
#include "records/codes.h"
#include "records/document.h"

#include <algorithm>

namespace reachable::records {
namespace {

constexpr Code<NameKind> kinds[] = {
    {NameKind::legal, "legal"},
    {NameKind::known_as, "known_as"},
    {NameKind::alias, "alias"},
    {NameKind::former, "former"},
    {NameKind::online_handle, "online_handle"},
    {NameKind::transliteration, "transliteration"},
};

std::vector<std::string> words_of(std::string_view text)
{
    std::vector<std::string> words;
    for (const auto piece : split(text, ' '))
        if (const auto word = trim(piece); !word.empty()) words.emplace_back(word);
    return words;
}

/// The keys of the whole name; of its parts where nobody wrote the whole down.
std::vector<std::string> whole_keys(const Name& name)
{
    if (!is_known(name)) return {};
    auto keys = keys_of(name.as_given);
    if (keys.empty()) keys = keys_of(join(name.given, " ") + " " + join(name.family, " "));
    std::sort(keys.begin(), keys.end());
    return keys;
}

} // namespace

std::string_view code_of(NameKind kind)
{
    return entry_of(kinds, kind).code;
}

Result<NameKind> name_kind_from(std::string_view code)
{
    return value_from(kinds, code, "This is not one of the kinds of name");
}

Name read_name(std::string_view as_given)
{
    Name name{.as_given = std::string(trim(as_given))};
    name.given = words_of(as_given);
    if (name.given.size() < 2) return name;
    name.family.push_back(std::move(name.given.back()));
    name.given.pop_back();
    return name;
}

bool is_known(const Name& name)
{
    const auto text = to_lower_ascii(trim(name.as_given));
    if (text.empty()) return !name.given.empty() || !name.family.empty();
    return !text.starts_with("name not known") && text != "unknown" && text != "not known";
}

std::vector<std::string> part_keys(const Name& name)
{
    auto keys = whole_keys(name);
    if (keys.empty()) return keys;
    for (const auto* parts : {&name.given, &name.family})
        for (const auto& part : *parts)
            for (auto& key : keys_of(part)) keys.push_back(std::move(key));
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

std::string whole_key(const Name& name)
{
    return join(whole_keys(name), " ");
}

void write(DocumentWriter& document, const Name& name)
{
    document.text("kind", code_of(name.kind));
    document.text("as_given", name.as_given);
    document.texts("given", name.given);
    document.texts("family", name.family);
    document.flag("is_family_first", name.is_family_first);
    document.text("script", name.script);
    document.day("from", name.from);
    document.day("to", name.to);
}

Name read_name_parts(DocumentReader& document)
{
    Name name{.kind = document.read("kind", name_kind_from, NameKind::legal),
              .as_given = document.text("as_given"),
              .given = document.texts("given"),
              .family = document.texts("family"),
              .is_family_first = document.flag("is_family_first"),
              .script = document.has("script") ? document.text("script") : "Latn",
              .from = document.maybe("from", parse_date),
              .to = document.maybe("to", parse_date)};
    if (trim(name.as_given).empty() && !document.has_problem("as_given"))
        document.add(ProblemKind::missing, "Give the name as it was given", "as_given");
    return name;
}

} // namespace reachable::records
