using PerfMarketing.Attribution;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>What is paid by a fitted model says which one it was.</summary>
public sealed class ModelCitationTests
{
    private static readonly FittedModel Spring = new()
    {
        Name = "spring",
        Version = 3,
        Method = PathModel.Parse("markov:2"),
        Counts = Digest.Of("counts"u8),
        Weights = [new(new("mail"), 750), new(new("search"), 250)],
    };

    [Fact]
    public void Earning_and_statement_line_cite_the_model()
    {
        CampaignRun run = Run(Campaign(new Fitted(Spring)), Touches);

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));

        run.Entries.Texts().Should().Equal("p-mail 15.00 EUR", "p-blog 5.00 EUR");
        run.Entries.OfType<Earning>().Select(static e => e.Model).Should()
            .AllBeEquivalentTo(new ModelCitation("spring", 3, Spring.Digest));
        foreach (Statement statement in run.Statements(At("2026-04-02T00:00:00Z")))
        {
            TermNode written = TermNode.Of(statement.Lines[0]);
            written.Find("model")!.Find("digest")!.Text.Should().Be(Spring.Digest.ToString());
            TermFailures failures = [];
            TermReader.Read(written, failures, CampaignRecord.Read).Should().Be(statement.Lines[0]);
            failures.Should().BeEmpty();
        }
    }

    [Fact]
    public void A_rule_that_hands_on_to_a_model_cites_it_too()
    {
        CampaignRun run = Run(Campaign(new ReferencedTouch { Fallback = new Fitted(Spring) }), Touches);

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));

        run.Entries.OfType<Earning>().First().Model!.ToString().Should().Be($"spring v3 {Spring.Digest}");
        run.State.Find(new("o1"))!.Decision!.Attribution!.Model!.Digest.Should().Be(Spring.Digest);
    }

    [Fact]
    public void Other_rules_cite_none()
    {
        CampaignRun run = Run(Campaign(new LastTouch()), Touches);

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));

        run.Entries.OfType<Earning>().Single().Model.Should().BeNull();
        TermJson.Write(run.Entries[0]).Should().NotContain("model");
    }

    [Fact]
    public void A_child_cites_the_model_by_which_its_parent_was_credited()
    {
        FittedModel summer = Spring with { Name = "summer", Version = 1 };
        CampaignDraft before = Campaign(new Fitted(Spring)).WithChildren(ChildSource.Inherited, ChildSource.Own);
        Campaign after = (before with { Version = 2, Attribution = new Fitted(summer) }).Build();
        CampaignRun first = Run(before, Touches);
        first.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));
        CampaignState state = new(after);
        foreach (CampaignRecord record in first.State.Find(new("o1")) is { } known
            ? Records(known)
            : [])
        {
            state.Apply(record);
        }

        Decision decision = new CampaignDecider(after).Receive(
            state,
            Sale("o2", "2026-04-02T12:00:00Z", 100.Eur) with { Parent = new OutcomeId("o1") },
            [],
            new(Touches),
            At("2026-04-02T12:00:00Z"));

        decision.Posted.OfType<Earning>().Select(static e => $"{e.CampaignVersion} {e.Model!.Name}")
            .Should().Equal("2 spring", "2 spring");
    }

    private static IEnumerable<CampaignRecord> Records(OutcomeState known) =>
    [
        new OutcomeReceived { OutcomeId = known.Id, DecidedAt = known.Decision!.DecidedAt, Outcome = known.Outcome! },
        .. known.Earnings.Select(static e => e.Earning),
        known.Decision,
    ];

    private static JourneyTouch[] Touches =>
    [
        Touch("p-mail", "2026-03-01T09:00:00Z") with { Channel = new("mail") },
        Touch("p-blog", "2026-03-01T10:00:00Z") with { Channel = new("search") },
    ];

    private static CampaignDraft Campaign(AttributionRule rule) =>
        Contract(Pay.RevenueShare(10.Percent)).ToCampaign().AttributedBy(rule);
}
