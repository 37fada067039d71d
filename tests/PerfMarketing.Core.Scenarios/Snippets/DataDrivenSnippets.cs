using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Attribution.DataDriven.Columns;
using PerfMarketing.Attribution.Paths;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/data-driven-attribution.md and docs/attribute-columns.md.</summary>
public sealed class DataDrivenSnippets
{
    [Fact]
    public void Compare_models()
    {
        #region compare
        PathCountsBuilder journeys = new();
        journeys.TryAddText("search > mail > search > shop", converted: 2, lost: 1, value: 90.00m);
        journeys.TryAddText("mail", converted: 1, lost: 3, value: 20.00m);
        journeys.TryAddText("shop > search", converted: 0, lost: 4);
        journeys.TryAddText("search > search > mail", converted: 3, lost: 2, value: 60.00m);
        journeys.TryAddText("shop", converted: 1, lost: 0, value: 10.00m);
        PathCounts paths = journeys.Build();

        ModelComparison all = ModelComparison.Of(paths, [PathModel.Parse("last"), PathModel.Parse("markov")]);
        foreach (ModelCredits model in all.Models)
        {
            Show(model.Model, string.Join(", ", model.Credits.Select(c => $"{c.Channel} {c.Credit:0.00}")));
        }
        #endregion

        shown.Should().Equal(
            "last: mail 4.00, search 0.00, shop 3.00",
            "markov:1: mail 2.51, search 2.24, shop 2.25");

        #region order
        int order = MarkovOrder.TryChoose(paths, out MarkovOrder? choice, out Reason? tooFew) ? choice.Order : 1;
        #endregion
        tooFew.Should().BeNull();
        choice!.Scores.Should().HaveCount(4).And.Contain(s => s.Order == order);

        #region path-report
        PathReport report = PathReport.Of(paths, topCount: 10);
        string roles = string.Join("; ", report.Roles.Select(role =>
            $"{role.Channel} {role.Introduced} introduced, {role.Assisted} assisted, {role.Closed} closed"));
        #endregion
        roles.Should().Be(
            "mail 1 introduced, 2 assisted, 4 closed; search 5 introduced, 5 assisted, 0 closed; "
            + "shop 1 introduced, 0 assisted, 3 closed");
    }

    [Fact]
    public void Report_by_segment()
    {
        Instant noon = Instant.FromUtc(2026, 3, 2, 12, 0);

        #region segments
        SegmentTallies segments = SegmentTallies.ByFact("device");
        SegmentTally phone = segments.Of(FactSet.Create(Facts.Device.Of("phone")), at: noon);
        phone.Paths.Add([new ChannelId("search"), new ChannelId("mail")], converted: 1, lost: 0, value: 20.00m);
        phone.Lags.Add(first: noon - Duration.FromDays(3), conversion: noon, count: 1);

        ValueList<SegmentReport> reports = segments.ToReports(topCount: 10);
        #endregion

        reports.Select(static r => r.Segment).Should().Equal("phone");
        reports[0].Lags.Should().Equal(new TimeLag(3, 1));
    }

    [Fact]
    public void Pay_by_a_fitted_model()
    {
        PathCounts paths = PathCounts.Of(
            new([new("mail"), new("ads")], Conversions: 2, Nulls: 1, Value: 0),
            new([new("ads")], Conversions: 1, Nulls: 3, Value: 0));

        #region fit
        if (!MarkovModel.TryFit(paths, order: 2, out MarkovModel? fit, out Reason? refusal))
        {
            throw new InvalidOperationException(refusal.ToString());
        }

        FittedModel model = FittedModel.Of("spring", version: 1, fit, paths.Digest);
        AttributionRule rule = new Fitted(model) { Lookback = Duration.FromDays(30) };
        #endregion

        rule.Tag.Should().Be("fitted");
        model.Weights.Should().Equal(
            new FittedWeight(new("ads"), 1_000_000_000_000), new FittedWeight(new("mail"), 666_666_666_667));
    }

    [Fact]
    public void Attribute_columns()
    {
        #region columns
        ColumnOptions options = new([new("search"), new("mail")]) { Threads = 2 };
        ColumnRun run = new(options);
        run.Add(new(
            customers: [0, 1, 0],
            channels: [0, 1, 1],
            ticks: [100, 200, 300],
            conversions: [false, false, true]));
        ColumnCredits credits = run.Finish();
        #endregion

        credits.Linear.Select(static c => (c.Channel.Value, c.Credit)).Should().Equal(("mail", 0.5), ("search", 0.5));
        credits.Chain.Journeys.Should().Be(2);
    }

    private readonly List<string> shown = [];

    private void Show(PathModel model, string credits) => shown.Add(FormattableString.Invariant($"{model}: {credits}"));
}
