#include "records/contact.h"

#include "records/document.h"

namespace reachable::records {

void write(DocumentWriter& document, const Address& address)
{
    document.text("kind", address.kind);
    document.text("lines", address.lines);
    document.text("postcode", address.postcode);
    document.day("from", address.from);
    document.day("to", address.to);
    document.answer("is_safe_to_contact", address.is_safe_to_contact);
}

void write(DocumentWriter& document, const Contact& contact)
{
    document.text("kind", contact.kind);
    document.text("value", contact.value);
    document.text("owner", contact.owner);
    document.answer("is_safe_to_use", contact.is_safe_to_use);
}

Address read_address(DocumentReader& document)
{
    return {.kind = document.text("kind"),
            .lines = document.text("lines"),
            .postcode = document.text("postcode"),
            .from = document.maybe("from", parse_date),
            .to = document.maybe("to", parse_date),
            .is_safe_to_contact = document.answer("is_safe_to_contact")};
}

Contact read_contact(DocumentReader& document)
{
    return {.kind = document.text("kind"),
            .value = document.text("value"),
            .owner = document.text("owner"),
            .is_safe_to_use = document.answer("is_safe_to_use")};
}

} // namespace reachable::records
