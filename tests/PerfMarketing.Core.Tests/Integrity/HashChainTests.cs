using PerfMarketing.Integrity;

namespace PerfMarketing.Tests.Integrity;

public sealed class HashChainTests
{
    private static readonly Digest[] Contents = [.. Enumerable.Range(0, 20).Select(static i => Digest.Of([(byte)i]))];

    // Format 1: the bytes are PMC, 1, text "chain", 32 bytes, 32 bytes; see CanonicalWriter.
    [Fact]
    public void The_first_link_over_known_content_is_pinned() =>
        HashChain.Next(HashChain.Start, Digest.Of("abc"u8)).Should().Be(Digest.Of(Convert.FromHexString(
            "504D4301"
            + "01" + "00000005" + "636861696E"
            + "06" + "00000020" + new string('0', 64)
            + "06" + "00000020" + "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")));

    [Fact]
    public void Chain_goes_on_from_any_link()
    {
        Digest middle = HashChain.Over(Contents.Take(7));

        HashChain.Over(Contents.Skip(7), middle).Should().Be(HashChain.Over(Contents));
        HashChain.Over([]).Should().Be(HashChain.Start);
    }

    [Fact]
    public void Change_gap_swap_and_addition_are_all_found()
    {
        Digest whole = HashChain.Over(Contents);
        Digest[] changed = [.. Contents];
        changed[3] = Digest.Of("other"u8);
        Digest[] swapped = [.. Contents];
        (swapped[3], swapped[4]) = (swapped[4], swapped[3]);

        HashChain.Over(changed).Should().NotBe(whole);
        HashChain.Over(swapped).Should().NotBe(whole);
        HashChain.Over(Contents.Skip(1)).Should().NotBe(whole);
        HashChain.Over(Contents.Append(default)).Should().NotBe(whole);
    }
}
