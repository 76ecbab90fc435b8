#include "web/components/summary_list.h"

#include "web/components/link_address.h"

namespace reachable::web {

namespace {

// Every link of a card names the card, so that "Change" means one thing when it is read out alone.
Html action_link(const SummaryListAction& action, const SummaryCardTitle* card_title)
{
    Html out = lit("<a");
    put_classes(out, "govuk-link", action.classes);
    put_href(out, action.href);
    out << action.attributes;
    out.lit(">") << action.text;
    if (!action.visually_hidden_text.empty() || card_title != nullptr) {
        out.lit("<span class=\"govuk-visually-hidden\">");
        if (!action.visually_hidden_text.empty()) out.lit(" ") << action.visually_hidden_text;
        if (card_title != nullptr) out.lit(" (") << card_title->text;
        if (card_title != nullptr) out.lit(")");
        out.lit("</span>");
    }
    out.lit("</a>");
    return out;
}

void put_row_actions(Html& out, const SummaryListActions& actions, const SummaryCardTitle* card_title)
{
    out.lit("<dd");
    put_classes(out, "govuk-summary-list__actions", actions.classes);
    out.lit(">");
    if (actions.items.size() == 1) {
        out << action_link(actions.items.front(), card_title);
    } else {
        out.lit("<ul class=\"govuk-summary-list__actions-list\">");
        for (const auto& action : actions.items) {
            out.lit("<li class=\"govuk-summary-list__actions-list-item\">") << action_link(action, card_title);
            out.lit("</li>");
        }
        out.lit("</ul>");
    }
    out.lit("</dd>");
}

bool has_actions(const SummaryListRow& row)
{
    return !row.actions.items.empty();
}

void put_row(Html& out, const SummaryListRow& row, bool any_row_has_actions, const SummaryCardTitle* card_title)
{
    Classes classes = any_row_has_actions && !has_actions(row) ? "govuk-summary-list__row--no-actions" : "";
    out.lit("<div");
    put_classes(out, "govuk-summary-list__row", classes.add(row.classes));
    out.lit("><dt");
    put_classes(out, "govuk-summary-list__key", row.key.classes);
    out.lit(">") << row.key.text;
    out.lit("</dt><dd");
    put_classes(out, "govuk-summary-list__value", row.value.classes);
    out.lit(">") << row.value.text;
    out.lit("</dd>");
    if (has_actions(row)) put_row_actions(out, row.actions, card_title);
    out.lit("</div>");
}

Html plain_list(const SummaryList& list)
{
    const SummaryCardTitle* card_title = list.card && list.card->title ? &*list.card->title : nullptr;
    bool any_row_has_actions = false;
    for (const auto& row : list.rows) any_row_has_actions = any_row_has_actions || has_actions(row);

    Html out = lit("<dl");
    put_classes(out, "govuk-summary-list", list.classes);
    out << list.attributes;
    out.lit(">");
    for (const auto& row : list.rows) put_row(out, row, any_row_has_actions, card_title);
    out.lit("</dl>");
    return out;
}

void put_card_actions(Html& out, const SummaryListActions& actions, const SummaryCardTitle* title)
{
    if (actions.items.empty()) return;
    if (actions.items.size() == 1) {
        out.lit("<div");
        put_classes(out, "govuk-summary-card__actions", actions.classes);
        out.lit(">") << action_link(actions.items.front(), title);
        out.lit("</div>");
        return;
    }
    out.lit("<ul");
    put_classes(out, "govuk-summary-card__actions", actions.classes);
    out.lit(">");
    for (const auto& action : actions.items) {
        out.lit("<li class=\"govuk-summary-card__action\">") << action_link(action, title);
        out.lit("</li>");
    }
    out.lit("</ul>");
}

Html in_card(const SummaryCard& card, const Html& list)
{
    Html out = lit("<div");
    put_classes(out, "govuk-summary-card", card.classes);
    out << card.attributes;
    out.lit("><div class=\"govuk-summary-card__title-wrapper\">");
    if (card.title)
        out << heading(card.title->heading_level, with_space("govuk-summary-card__title", card.title->classes.names()),
                       card.title->text);
    put_card_actions(out, card.actions, card.title ? &*card.title : nullptr);
    out.lit("</div><div class=\"govuk-summary-card__content\">") << list;
    out.lit("</div></div>");
    return out;
}

} // namespace

Html render(const SummaryList& list)
{
    return list.card ? in_card(*list.card, plain_list(list)) : plain_list(list);
}

} // namespace reachable::web
