#include "web/components/character_count.h"

#include "web/components/textarea.h"

namespace reachable::web {

namespace {

std::string count_type_of(const CharacterCount& count)
{
    if (!count.count_type.empty()) return count.count_type;
    return count.maxwords ? "words" : "";
}

void add_number(Attributes& attributes, const char* name, std::optional<int> number)
{
    if (number) attributes.add(name, std::to_string(*number));
}

Attributes group_attributes(const CharacterCount& count)
{
    Attributes attributes{{"data-module", "govuk-character-count"}};
    add_number(attributes, "data-maxlength", count.maxlength);
    add_number(attributes, "data-maxwords", count.maxwords);
    add_number(attributes, "data-threshold", count.threshold);
    attributes.add_if("data-count-type", count_type_of(count));
    // Where only the script knows the limit, it also puts the number into the description.
    if (!count.maxwords && !count.maxlength && !count.textarea_description_text.empty())
        add_messages(attributes, "textarea-description", {{"other", count.textarea_description_text}});
    add_messages(attributes, "characters-under-limit", count.characters_under_limit_text);
    add_message(attributes, "characters-at-limit", count.characters_at_limit_text);
    add_messages(attributes, "characters-over-limit", count.characters_over_limit_text);
    add_messages(attributes, "words-under-limit", count.words_under_limit_text);
    add_message(attributes, "words-at-limit", count.words_at_limit_text);
    add_messages(attributes, "words-over-limit", count.words_over_limit_text);
    return attributes.add(count.form_group.attributes);
}

std::string limit_in_words(const CharacterCount& count)
{
    const std::optional<int> limit = count.maxwords ? count.maxwords : count.maxlength;
    if (!limit) return {};
    std::string words = count.textarea_description_text;
    if (words.empty())
        words = count_type_of(count) == "words" ? "You can enter up to %{count} words"
                                                : "You can enter up to %{count} characters";
    constexpr std::string_view place = "%{count}";
    const std::string number = std::to_string(*limit);
    for (auto at = words.find(place); at != std::string::npos; at = words.find(place, at + number.size()))
        words.replace(at, place.size(), number);
    return words;
}

Html after_box(const CharacterCount& count, const std::string& id)
{
    Html out = render(Hint{.text = limit_in_words(count),
                           .classes = Classes("govuk-character-count__message").add(count.count_message.classes),
                           .id = id + "-info"});
    return out << count.form_group.after_input;
}

} // namespace

Html render(const CharacterCount& count)
{
    const std::string id = count.id.empty() ? count.name : count.id;
    return render(Textarea{
        .id = id,
        .name = count.name,
        .spellcheck = count.spellcheck,
        .rows = count.rows,
        .value = count.value,
        .described_by = id + "-info",
        .label = count.label,
        .hint = count.hint,
        .error_message = count.error_message,
        .form_group = {.classes = Classes("govuk-character-count").add(count.form_group.classes),
                       .attributes = group_attributes(count),
                       .before_input = count.form_group.before_input,
                       .after_input = after_box(count, id)},
        .classes = Classes("govuk-js-character-count").add(count.classes),
        .attributes = count.attributes,
    });
}

} // namespace reachable::web
