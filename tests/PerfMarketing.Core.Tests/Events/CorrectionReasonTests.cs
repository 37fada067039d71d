using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Events;

public sealed class CorrectionReasonTests
{
    [Fact]
    public void Reason_is_part_of_what_a_correction_says()
    {
        Retraction fraud = new()
        {
            Id = new("k1"),
            Outcome = new("o1"),
            At = Instant.FromUtc(2026, 3, 1, 8, 0),
            Reason = CorrectionReason.Fraud,
        };
        TermFailures failures = [];

        TermReader.Read(TermNode.Of(fraud), failures, Correction.Read).Should().Be(fraud);
        failures.Should().BeEmpty();
        TermNode.Of(fraud).Find("reason")!.Text.Should().Be("fraud");
        TermNode.Of(fraud with { Reason = null }).Find("reason").Should().BeNull();
    }

    [Theory]
    [InlineData("credit-check", true)]
    [InlineData("acme.size-swap", true)]
    [InlineData("Fraud", false)]
    [InlineData("", false)]
    public void Reason_is_a_code(string text, bool valid) =>
        CorrectionReason.TryParse(text, null, out _).Should().Be(valid);
}
