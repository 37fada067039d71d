using PerfMarketing.Events;

namespace PerfMarketing.Tests.Events;

public sealed class TouchpointKindTests
{
    [Fact]
    public void A_kind_is_its_code()
    {
        TouchpointKind kind = "acme.qr-scan";

        kind.Code.Should().Be("acme.qr-scan");
        kind.Should().Be(new TouchpointKind("acme.qr-scan")).And.NotBe(TouchpointKind.Click);
        TouchpointKind.Parse("click").Should().Be(TouchpointKind.Click);
        TouchpointKind.TryParse("Click", null, out _).Should().BeFalse();
    }

    [Fact]
    public void A_bad_code_is_refused()
    {
        Action assign = static () => _ = (TouchpointKind)"a click";

        assign.Should().Throw<FormatException>();
    }

    [Fact]
    public void Default_is_no_kind()
    {
        TouchpointKind none = default;
        Func<string> code = () => none.Code;

        none.IsUnset.Should().BeTrue();
        none.ToString().Should().BeEmpty();
        code.Should().Throw<InvalidOperationException>();
    }
}
