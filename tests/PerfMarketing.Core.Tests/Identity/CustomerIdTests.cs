using PerfMarketing.Identity;

namespace PerfMarketing.Tests.Identity;

public sealed class CustomerIdTests
{
    [Theory]
    [InlineData("an address", "ann@example.org")]
    [InlineData("an encoded address", "ann%40example.org")]
    [InlineData("E.164", "+4930123456")]
    [InlineData("international with separators", "+49 (30) 123-456")]
    [InlineData("international with zeros", "00493012345678")]
    [InlineData("brackets", "(030) 123456")]
    [InlineData("groups", "030 123 456")]
    [InlineData("North American", "555-123-4567")]
    [InlineData("MD5", "d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("SHA-1", "da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    [InlineData("SHA-256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("SHA-256 in capitals", "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    public void Personal_data_and_plain_hashes_are_refused_and_not_repeated(string reason, string text)
    {
        CustomerId.TryParse(text, null, out CustomerId id).Should().BeFalse(reason);
        id.IsUnset.Should().BeTrue(reason);
        FluentActions.Invoking(() => new CustomerId(text)).Should().Throw<FormatException>(reason)
            .Which.Message.Should().NotContain(text);
    }

    [Theory]
    [InlineData("a number", "4930123456")]
    [InlineData("a padded number", "0012345678")]
    [InlineData("a small number", "7")]
    [InlineData("a dated number", "2026-000123")]
    [InlineData("a date", "2026-03-09")]
    [InlineData("a ULID", "01J9ZK3Q5V8W7X2Y4Z6A8B0C1D")]
    [InlineData("a GUID", "0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("a GUID without hyphens", "0f8fad5bd9cb469fa16570867728950e")]
    [InlineData("a named hash", "h.e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b785")]
    [InlineData("text", "customer 12")]
    public void Ids_of_hosts_are_welcome(string reason, string text) =>
        new CustomerId(text).Value.Should().Be(text, reason);
}
