#include "web/page_words.h"

namespace reachable::web {

std::optional<PageWords> page_words_in(std::string_view language)
{
    if (language == "en") return PageWords{};
    if (language == "cy")
        return PageWords{.skip_link = "Neidio i'r prif gynnwys",
                         .error_prefix = "Gwall: ",
                         .menu = "Dewislen",
                         .navigation = "Prif ddewislen",
                         .service_information = "Gwybodaeth am y gwasanaeth",
                         .language = "Iaith",
                         .signed_in_as = "Wedi mewngofnodi fel",
                         .sign_out = "Allgofnodi",
                         .footer_title = "Am y gwasanaeth hwn",
                         .accessibility = "Hygyrchedd",
                         .privacy = "Preifatrwydd",
                         .who_can_see_what = "Pwy sy'n cael gweld beth"};
    if (language == "pl")
        return PageWords{.skip_link = "Przejdź do głównej treści",
                         .error_prefix = "Błąd: ",
                         .menu = "Menu",
                         .navigation = "Menu główne",
                         .service_information = "Informacje o serwisie",
                         .language = "Język",
                         .signed_in_as = "Zalogowano jako",
                         .sign_out = "Wyloguj się",
                         .footer_title = "O tym serwisie",
                         .accessibility = "Dostępność",
                         .privacy = "Prywatność",
                         .who_can_see_what = "Kto co widzi"};
    return std::nullopt;
}

} // namespace reachable::web
