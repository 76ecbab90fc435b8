// Posted forms, queries, paths and cookies: whatever is accepted is clean, and encoding it again gives the same.
#include "base/text.h"
#include "web/url_encoding.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace reachable;
    const auto text = as_text({data, size});
    if (const auto fields = web::decode_pairs(text)) {
        if (fields->all().size() > web::most_fields) std::abort();
        std::string again;
        for (const auto& [name, value] : fields->all()) {
            if (name.empty() || name.size() > web::longest_field_name_bytes) std::abort();
            if (!is_clean_utf8(name) || !is_clean_utf8(value)) std::abort();
            if (value.find('\r') != std::string::npos) std::abort();
            again += web::percent_encoded(name) + "=" + web::percent_encoded(value) + "&";
        }
        const auto read_again = web::decode_pairs(again);
        if (!read_again || read_again->all() != fields->all()) std::abort();
    }
    if (const auto path = web::decode_path(text)) {
        const auto has = [&](std::string_view piece) { return path->find(piece) != std::string::npos; };
        if (!path->starts_with('/') || has("/../") || path->ends_with("/..") || has("//") || has("\\")) std::abort();
        if (!is_clean_utf8(*path)) std::abort();
    }
    web::Fields cookies;
    web::add_cookies(cookies, text);
    for (const auto& cookie : cookies.all())
        if (cookie.first.empty() || !is_clean_utf8(cookie.second)) std::abort();
    return 0;
}
