#include "web/multipart.h"

#include <gtest/gtest.h>

namespace reachable::web {
namespace {

Request sent(std::string body, const std::string& type = "multipart/form-data; boundary=line")
{
    Request request;
    request.method = Method::post;
    request.headers.add("content-type", type);
    request.body = std::move(body);
    return request;
}

const std::string field = "--line\r\nContent-Disposition: form-data; name=\"who\"\r\n\r\nZo\xC3\xAB\r\n";
const std::string file =
    "--line\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\nContent-Type: "
    "image/jpeg\r\n\r\n\xFF\xD8\r\n--lin\r\n--line--\r\n";

TEST(FormsWithFiles, give_fields_as_text_and_files_as_bytes)
{
    const auto form = form_with_files(sent(field + std::string(file.data(), file.size())));
    ASSERT_TRUE(form) << sentences(form.error());
    EXPECT_EQ(form->fields.get("who"), "Zo\xC3\xAB");
    EXPECT_EQ(form->files.size(), 1U);
    EXPECT_TRUE(form->files.at("photo").starts_with("\xFF\xD8\r\n--lin")) << "what looks like a divider is none";
    EXPECT_FALSE(form->fields.has("photo")) << "a file is no field";
}

TEST(FormsWithFiles, that_are_none_are_refused)
{
    const auto end = std::string("--line--\r\n");
    for (const auto& [body, type] : std::vector<std::pair<std::string, std::string>>{
             {field + end, "application/x-www-form-urlencoded"},
             {field + end, "multipart/form-data"},
             {field + end, "multipart/form-data; boundary="},
             {field + end, "multipart/mixed; boundary=line"},
             {field, "multipart/form-data; boundary=line"},
             {"", "multipart/form-data; boundary=line"},
             {"before" + field + end, "multipart/form-data; boundary=line"},
             {"--line\r\nContent-Disposition: form-data\r\n\r\nx\r\n" + end, "multipart/form-data; boundary=line"},
             {"--line\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xFF\r\n" + end,
              "multipart/form-data; boundary=line"},
             {"--line\r\nContent-Type: text/plain\r\n\r\nx\r\n" + end, "multipart/form-data; boundary=line"}})
        EXPECT_FALSE(form_with_files(sent(body, type))) << body << " as " << type;
}

TEST(FormsWithFiles, of_too_many_parts_are_refused)
{
    std::string body;
    for (std::size_t i = 0; i <= most_parts; ++i) body += field;
    EXPECT_FALSE(form_with_files(sent(body + "--line--\r\n")));
}

} // namespace
} // namespace reachable::web
