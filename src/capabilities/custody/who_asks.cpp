#include "capabilities/custody/who_asks.h"

#include "clocks/london.h"
#include "web/components/details.h"
#include "web/components/inset_text.h"
#include "web/components/summary_list.h"

#include <fmt/format.h>

namespace reachable::custody {
namespace {

/// The sergeant who asked, and the phone of their suite: whom to ring when a question is easier asked.
struct Asker {
    std::string who; // "Sgt Hale, custody sergeant, Northmere Castle Street"
    std::string phone;
};

Asker find_asker(const Site& site, const Seen& seen)
{
    Asker asker;
    site.desk.database.read([&](storage::Transaction& transaction) {
        std::vector<std::string> words;
        for (const auto& version : casework::load_history(transaction, seen.head.id)) {
            if (version.action != "send_request" && version.action != "chase") continue;
            words.clear();
            if (const auto worker = accounts::find_worker(transaction, version.worker)) words.push_back(worker->name);
            words.emplace_back(accounts::title_of(version.role));
        }
        const auto suite = accounts::find_team(transaction, seen.head.heading.team);
        if (suite) words.push_back(suite->name);
        asker = {.who = join(words, ", "), .phone = suite ? suite->phone : std::string{}};
    });
    return asker;
}

} // namespace

std::string who_is_it(const Seen& seen, UtcTime now)
{
    const auto& facts = seen.as<Conversation>();
    const auto name = seen.child ? seen.child->names.front().as_given : facts.name_given;
    const auto& born = seen.child && seen.child->born ? seen.child->born : facts.born_given;
    return fmt::format("{}, {}", name,
                       born ? "aged " + records::age_words(born, clocks::london_day(now))
                            : std::string("age not known"));
}

Html asked_by(const Site& site, const Seen& seen)
{
    const auto asker = find_asker(site, seen);
    return paragraph(fmt::format("Asked by {}.{}", asker.who,
                                 asker.phone.empty() ? "" : fmt::format(" Ring {} to talk to them.", asker.phone)));
}

Html whom_it_is_about(const Seen& seen)
{
    const auto& facts = seen.as<Conversation>();
    const auto& born = seen.child && seen.child->born ? seen.child->born : facts.born_given;
    std::string child = born ? fmt::format("Born {}. ", clocks::day_words(*born)) : "Date of birth not known. ";
    if (!facts.custody_number.empty()) child += fmt::format("Custody number {}.", facts.custody_number);
    return paragraph(child);
}

Html said_to_have_left(const Seen& seen)
{
    const auto& facts = seen.as<Conversation>();
    if (!has_left(seen.head.state)) return {};
    const auto when = facts.left_at ? " on " + clocks::wall_date_time(*facts.left_at) : std::string{};
    return render(web::InsetText{.text = web::Text(fmt::format(
                                     "The child left custody{}. You may still answer: custody reads what you send, and "
                                     "it stays on the record.",
                                     when))});
}

Html why_we_ask(const casework::Desk& desk, const Seen& seen)
{
    const auto& facts = seen.as<Conversation>();
    web::SummaryList list;
    const auto add = [&](std::string_view key, const std::string& value) {
        if (!value.empty()) list.rows.push_back({.key = {.text = key}, .value = {.text = value}});
    };
    add(how_the_child_is_here(facts), facts.authorised_at ? clocks::wall_date_time(*facts.authorised_at) : "");
    add("Where arrested", facts.arrest_place);
    add("Far from home", facts.distance_from_home);
    add("Found with", facts.found_with.words);
    add("Suspected of", facts.offence.words);
    add("How the child seems", facts.presentation.words);
    add("What the child said", facts.child_words.words);
    add("Where and to whom", facts.child_words_setting);
    add("Language of the words", facts.child_words_language);
    add("Interpreted by", facts.child_words_interpreter);
    if (!facts.child_words.words.empty()) add("Words written down by", facts.child_words_by);
    add("Health", facts.health_seen.words);
    add("Parent or carer told", facts.parent_contacted);
    add("Interview expected", facts.interview_expected_at ? clocks::wall_date_time(*facts.interview_expected_at) : "");
    add("What worries custody most", facts.worry.words);
    if (!facts.signs_seen.empty())
        add("Signs seen", derived::words_of(desk, *conversation_type().find_field("signs_seen"), &facts));
    Html inside = render(list);
    inside << paragraph("Why we ask: Children Act 2004, section 11, to keep the child safe in custody. What you answer "
                        "is for the people who look after "
                        "the child tonight. Investigators see only what you release. Every look is recorded.");
    return render(web::Details{.summary = "What custody knows, and why it asks", .text = inside});
}

} // namespace reachable::custody
