using PerfMarketing.Identity;
using PerfMarketing.Integrity;

namespace PerfMarketing.Tests.Integrity;

public sealed class DerivedIdTests
{
    // Changes only together with CanonicalWriter.Version, since stored ids would no longer be found.
    [Fact]
    public void A_known_id_is_pinned() =>
        DerivedId.Of("earning", "acme-2026", "o1", "p-blog").Should().Be("ebe5979559b3b976da2040d7d5907904");

    [Fact]
    public void An_id_is_32_digits_and_the_same_every_time()
    {
        string text = DerivedId.Of("earning", "a", "b");

        text.Should().MatchRegex("^[0-9a-f]{32}$");
        DerivedId.Of("earning", "a", "b").Should().Be(text);
        new EntryId(text).Value.Should().Be(text);
    }

    [Fact]
    public void Other_parts_give_other_ids()
    {
        string[] all =
        [
            DerivedId.Of("earning"),
            DerivedId.Of("entry"),
            DerivedId.Of("earning", ""),
            DerivedId.Of("earning", (string?)null),
            DerivedId.Of("earning", "ab", "c"),
            DerivedId.Of("earning", "a", "bc"),
            DerivedId.Of("earning", "abc"),
            DerivedId.Of("earning", "ab", "c", ""),
            DerivedId.Of("earning", "c", "ab"),
        ];

        all.Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData("earning", "acme", null, "")]
    [InlineData("größe", "Ж", "🚀", "x")]
    public void An_id_is_the_digest_of_the_canonical_list(string purpose, params string?[] parts)
    {
        string long64 = new('x', Identifier.LengthMax);
        string?[] all = [.. parts, long64, long64, long64, long64, long64, long64];
        CanonicalWriter writer = new(purpose);
        writer.List(all.Length);
        foreach (string? part in all)
        {
            writer.Text(part);
        }

        DerivedId.Of(purpose, all).Should().Be(writer.ToDigest().ToIdText());
    }
}
