using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Primitives;

public sealed class UnicodeTextTests
{
    [Fact]
    public void Every_surrogate_has_its_other_half()
    {
        string[] good = ["", "Grüße", "a\uD83D\uDE00b\uD83D\uDE00"];
        string[] bad = ["a\uD83D", "\uDE00a", "\uDE00\uD83D", "\uD83D\uDE00\uD83Dx"];

        good.Should().AllSatisfy(static text => UnicodeText.IsWellFormed(text).Should().BeTrue());
        bad.Should().AllSatisfy(static text => UnicodeText.IsWellFormed(text).Should().BeFalse());
    }
}
