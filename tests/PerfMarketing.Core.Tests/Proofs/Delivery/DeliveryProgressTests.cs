using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Delivery;

namespace PerfMarketing.Tests.Proofs.Delivery;

public sealed class DeliveryProgressTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 1, 12, 0);

    private static readonly Gen<DeliveryReport> Reports =
        from outcome in Gen.Elements(Enum.GetValues<DeliveryOutcome>())
        from minute in Gen.Choose(-1, 3)
        select new DeliveryReport(outcome, minute < 0 ? null : Noon.Plus(Duration.FromMinutes(minute)));

    [Fact]
    public void The_order_of_reports_makes_no_difference() => Prop.ForAll(
        Reports.ListOf().ToArbitrary(),
        static list =>
        {
            DeliveryReport[] reports = [.. list];
            DeliveryProgress all = DeliveryProgress.Of(reports);
            return all == DeliveryProgress.Of(reports.Reverse())
                && all == DeliveryProgress.Of(reports.Concat(reports))
                && all == DeliveryProgress.Of(reports.Take(reports.Length / 2))
                    .Merge(DeliveryProgress.Of(reports.Skip(reports.Length / 2)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Theory]
    [InlineData("the highest step stands", DeliveryOutcome.Delivered, 1, DeliveryOutcome.Sent, 2, "delivered")]
    [InlineData("a later delivery ends it", DeliveryOutcome.Failed, 1, DeliveryOutcome.Delivered, 2, "delivered")]
    [InlineData("a later failure contradicts", DeliveryOutcome.Delivered, 1, DeliveryOutcome.Failed, 2, "contradicted")]
    [InlineData("one instant contradicts", DeliveryOutcome.Delivered, 1, DeliveryOutcome.Failed, 1, "contradicted")]
    [InlineData("no time contradicts", DeliveryOutcome.Failed, -1, DeliveryOutcome.Read, 2, "contradicted")]
    [InlineData("sent does not end a failure", DeliveryOutcome.Expired, 1, DeliveryOutcome.Sent, 2, "expired")]
    [InlineData("failed is more than expired", DeliveryOutcome.Expired, 3, DeliveryOutcome.Failed, 2, "failed")]
    [InlineData("unknown changes nothing", DeliveryOutcome.Unknown, 3, DeliveryOutcome.Accepted, 2, "accepted")]
    public void Two_reports_say_together(
        string because, DeliveryOutcome first, int firstAt, DeliveryOutcome second, int secondAt, string expected)
    {
        DeliveryProgress progress = DeliveryProgress.Of([Report(first, firstAt), Report(second, secondAt)]);

        string found = progress.IsContradicted ? "contradicted" : EnumText.Of(progress.Outcome);
        found.Should().Be(expected, because);
    }

    [Fact]
    public void A_contradicted_message_is_not_delivered()
    {
        DeliveryProgress progress = DeliveryProgress.Of(
            [Report(DeliveryOutcome.Delivered, 1), Report(DeliveryOutcome.Failed, 2)]);

        progress.Outcome.Should().Be(DeliveryOutcome.Failed);
        DeliveryProgress.Start.Outcome.Should().Be(DeliveryOutcome.Unknown);
    }

    private static DeliveryReport Report(DeliveryOutcome outcome, int minute) =>
        new(outcome, minute < 0 ? null : Noon.Plus(Duration.FromMinutes(minute)));
}
