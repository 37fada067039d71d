using System.Text.Json;
using PerfMarketing.Events;

namespace PerfMarketing.Tests.Events;

public sealed class OutcomeKindTests
{
    [Fact]
    public void A_kind_is_its_code()
    {
        OutcomeKind kind = "sale";

        kind.Should().Be(OutcomeKind.Sale);
        kind.ToString().Should().Be("sale");
        JsonSerializer.Serialize(kind).Should().Be("\"sale\"");
        JsonSerializer.Deserialize<OutcomeKind>("\"sale\"").Should().Be(OutcomeKind.Sale);
    }

    [Fact]
    public void A_bad_code_is_refused()
    {
        Action assign = static () => _ = (OutcomeKind)"Sale!";
        Action read = static () => JsonSerializer.Deserialize<OutcomeKind>("\"Sale!\"");

        assign.Should().Throw<FormatException>();
        read.Should().Throw<JsonException>();
    }

    [Fact]
    public void Default_is_no_kind()
    {
        OutcomeKind none = default;
        Func<string> code = () => none.Code;

        none.IsUnset.Should().BeTrue();
        code.Should().Throw<InvalidOperationException>();
    }
}
