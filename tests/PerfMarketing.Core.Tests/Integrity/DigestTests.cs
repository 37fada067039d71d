using System.Text.Json;
using PerfMarketing.Integrity;

namespace PerfMarketing.Tests.Integrity;

public sealed class DigestTests
{
    private const string OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    // Source: FIPS 180-2, appendix B.1.
    [Fact]
    public void The_digest_of_abc_is_the_published_one()
    {
        Digest digest = Digest.Of("abc"u8);

        digest.ToString().Should().Be(OfAbc);
        digest.ToIdText().Should().Be(OfAbc[..32]);
        Digest.Parse(OfAbc).Should().Be(digest);
        JsonSerializer.Serialize(digest).Should().Be($"\"{OfAbc}\"");
    }

    [Theory]
    [InlineData("")]
    [InlineData("ba7816bf")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(null)]
    public void Other_texts_are_refused(string? text) => Digest.TryParse(text, null, out _).Should().BeFalse();

    [Fact]
    public void The_bytes_need_room()
    {
        Action copy = static () => Digest.Of([]).CopyTo(new byte[Digest.Size - 1]);

        copy.Should().Throw<ArgumentException>();
    }
}
