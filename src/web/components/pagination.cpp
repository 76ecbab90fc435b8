#include "web/components/pagination.h"

#include "web/components/link_address.h"

namespace reachable::web {

namespace {

enum class Way { previous, next };
enum class Layout { block, in_a_row };

Html arrow(Way way)
{
    if (way == Way::previous)
        return lit("<svg class=\"govuk-pagination__icon govuk-pagination__icon--prev\""
                   " xmlns=\"http://www.w3.org/2000/svg\" height=\"13\" width=\"15\" aria-hidden=\"true\""
                   " focusable=\"false\" viewBox=\"0 0 15 13\"><path d=\"m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 "
                   "1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z\"></path></svg>");
    return lit("<svg class=\"govuk-pagination__icon govuk-pagination__icon--next\""
               " xmlns=\"http://www.w3.org/2000/svg\" height=\"13\" width=\"15\" aria-hidden=\"true\""
               " focusable=\"false\" viewBox=\"0 0 15 13\"><path d=\"m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986"
               "v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z\"></path></svg>");
}

Html words_of(const PaginationLink& link, Way way)
{
    if (!link.text.empty()) return link.text.as_html();
    if (way == Way::previous) return lit("Previous<span class=\"govuk-visually-hidden\"> page</span>");
    return lit("Next<span class=\"govuk-visually-hidden\"> page</span>");
}

void put_arrow_link(Html& out, const PaginationLink& link, Way way, Layout layout)
{
    const std::string type = way == Way::previous ? "prev" : "next";
    const bool is_block = layout == Layout::block;
    out.lit("<div");
    put_classes(out, "govuk-pagination__" + type);
    out.lit("><a class=\"govuk-link govuk-pagination__link\"");
    put_href(out, link.href);
    out.attribute("rel", type) << link.attributes;
    out.lit(">");
    if (is_block || way == Way::previous) out << arrow(way);
    out.lit("\n<span");
    put_classes(out, "govuk-pagination__link-title",
                is_block && link.label_text.empty() ? "govuk-pagination__link-title--decorated" : "");
    out.lit(">\n") << words_of(link, way);
    out.lit("\n</span>\n");
    if (is_block && !link.label_text.empty()) {
        out.lit("<span class=\"govuk-visually-hidden\">:</span>\n<span class=\"govuk-pagination__link-label\">")
            << link.label_text;
        out.lit("</span>\n");
    }
    if (!is_block && way == Way::next) out << arrow(way);
    out.lit("\n</a>\n</div>");
}

void put_item(Html& out, const PaginationItem& item)
{
    Classes classes;
    if (item.current) classes.add("govuk-pagination__item--current");
    if (item.ellipsis) classes.add("govuk-pagination__item--ellipsis");
    out.lit("<li");
    put_classes(out, "govuk-pagination__item", classes);
    out.lit(">");
    if (item.ellipsis) {
        out.lit("\n&ctdot;\n</li>");
        return;
    }
    out.lit("<a class=\"govuk-link govuk-pagination__link\"");
    put_href(out, item.href);
    out.attribute("aria-label",
                  item.visually_hidden_text ? item.visually_hidden_text->words : "Page " + item.number.words);
    if (item.current) out.lit(" aria-current=\"page\"");
    out << item.attributes;
    out.lit(">\n") << item.number;
    out.lit("\n</a>\n</li>");
}

} // namespace

Html render(const Pagination& pagination)
{
    const bool has_links = !pagination.previous.href.empty() || !pagination.next.href.empty();
    const Layout layout = pagination.items.empty() && has_links ? Layout::block : Layout::in_a_row;
    Classes classes = layout == Layout::block ? "govuk-pagination--block" : "";
    classes.add(pagination.classes);

    Html out = lit("<nav");
    put_classes(out, "govuk-pagination", classes);
    out.attribute("aria-label", pagination.landmark_label.words) << pagination.attributes;
    out.lit(">");
    if (!pagination.previous.href.empty()) put_arrow_link(out, pagination.previous, Way::previous, layout);
    if (!pagination.items.empty()) {
        out.lit("<ul class=\"govuk-pagination__list\">");
        for (const auto& item : pagination.items) put_item(out, item);
        out.lit("</ul>");
    }
    if (!pagination.next.href.empty()) put_arrow_link(out, pagination.next, Way::next, layout);
    out.lit("</nav>");
    return out;
}

} // namespace reachable::web
