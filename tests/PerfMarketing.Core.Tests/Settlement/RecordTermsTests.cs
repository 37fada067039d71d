using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Records and statements as terms, whatever became of them on the way.</summary>
public sealed class RecordTermsTests
{
    private static readonly TermNode[] Wrong =
    [
        TermNode.OfText("x"),
        TermNode.OfText(string.Empty),
        TermNode.OfNumber("-1"),
        TermNode.OfNumber("99999999999999999999999999999999"),
        TermNode.OfFlag(true),
        TermNode.OfList([TermNode.OfNumber("1")]),
        TermNode.OfObject([], []),
    ];

    [Fact]
    public void Every_kind_of_record_reads_back()
    {
        CampaignRecord[] records = Records();

        records.Select(static r => r.Tag).Distinct().Should().BeEquivalentTo(
            OutcomeReceived.TagName, EvidenceReceived.TagName, CorrectionReceived.TagName, OutcomeDecided.TagName,
            BudgetMoved.TagName, LimitMoved.TagName, Earning.TagName, Adjustment.TagName, PeriodEarning.TagName,
            PeriodsClosed.TagName);
        foreach (CampaignRecord record in records)
        {
            TermFailures failures = [];
            TermReader.Read(TermNode.Of(record), failures, CampaignRecord.Read).Should().Be(record);
            failures.Should().BeEmpty();
        }
    }

    [Fact]
    public void Nothing_that_stands_in_a_record_makes_reading_throw()
    {
        int damaged = 0;
        foreach (CampaignRecord record in Records())
        {
            foreach (TermNode node in Damaged(TermNode.Of(record)))
            {
                TermFailures failures = [];
                CampaignRecord? read = TermReader.Read(node, failures, CampaignRecord.Read);
                (failures.Count > 0 || read is not null).Should().BeTrue("a record is read or refused by name");
                damaged++;
            }
        }

        damaged.Should().BeGreaterThan(1_000);
    }

    [Fact]
    public void Nothing_that_stands_in_a_statement_makes_reading_throw()
    {
        TermNode statement = TermNode.Of(Settled().Statements(At("2026-05-01T00:00:00Z"))[0]);
        foreach (TermNode node in Damaged(statement))
        {
            TermFailures failures = [];
            TermReader.Read(node, failures, Statement.Read);
        }
    }

    [Theory]
    [InlineData("no such kind", "record", "payment", SettlementReasons.RecordUnknown)]
    public void Unknown_kind_is_refused_by_name(string because, string name, string value, string code)
    {
        TermWriter terms = new();
        terms.Integer("format", CampaignRecord.Format);
        terms.Value(name, value);
        TermFailures failures = [];

        TermReader.Read(terms.ToNode(), failures, CampaignRecord.Read).Should().BeNull(because);
        failures.Should().ContainSingle().Which.Code.Should().Be(code);
    }

    [Fact]
    public void Record_of_a_later_format_is_not_guessed_at()
    {
        TermNode node = Changed(TermNode.Of(Records()[0]), "format", TermNode.OfNumber("2"));
        TermFailures failures = [];

        TermReader.Read(node, failures, CampaignRecord.Read);

        failures.Should().NotBeEmpty();
    }

    private static CampaignRecord[] Records()
    {
        List<CampaignRecord> records = [];
        CampaignRun run = Settled(d => records.AddRange(d.Records));
        run.State.Outcomes.Should().NotBeEmpty();
        Campaign campaign = run.State.Campaign;
        Instant end = At("2026-03-31T22:00:00Z");
        records.AddRange(new CampaignDecider(campaign).ClosePeriods(run.State, campaign.Contracts[0].Id, end).Records);
        return [.. records];
    }

    private static CampaignRun Settled(Action<Decision>? decided = null)
    {
        CampaignDraft campaign = Contract(
                Pay.RevenueShare(12.Percent).CappedAt(80.Eur),
                c => c.TrustingHost("order-paid").LimitedTo(Limit.First(1, LimitScope.PartnerCustomer).Or(
                    LimitOverflow.Hold)))
            .PaysPer(PeriodUnit.Month, new Draw(10_000.Eur), "p-blog")
            .AttributedBy(new Linear()).BudgetedAt(monthly: 100.Eur);
        CampaignRun run = Run(
            campaign, Touch("p-blog", "2026-03-01T09:00:00Z"), Touch("p-mail", "2026-03-02T09:00:00Z"));
        CampaignInput[] inputs =
        [
            Of(Sale("o1", "2026-03-03T12:00:00Z", 1_000.Eur) with { OrderId = new("A-1") }),
            Proof("o1", "2026-03-04T12:00:00Z"),
            Of(Returned("r1", "o1", "2026-03-05T12:00:00Z", 30.Eur)),
            Of(Sale("o2", "2026-03-06T12:00:00Z", 10.Eur) with { OrderId = new("A-1") }),
        ];
        foreach (CampaignInput input in inputs)
        {
            Decision decision = run.Process(input);
            decided?.Invoke(decision);
        }

        return run;
    }

    // The tree with one of its nodes replaced or left out, for every node.
    private static IEnumerable<TermNode> Damaged(TermNode node)
    {
        foreach (TermNode wrong in Wrong)
        {
            yield return wrong;
        }

        for (int i = 0; i < node.Items.Count; i++)
        {
            int place = i;
            TermNode[] rest = [.. node.Items.Where((_, k) => k != place)];
            yield return node.Kind == TermKind.Object
                ? TermNode.OfObject([.. node.Names.Where((_, k) => k != place)], [.. rest])
                : TermNode.OfList([.. rest]);
            foreach (TermNode item in Damaged(node.Items[i]))
            {
                TermNode[] items = [.. node.Items.Select((old, k) => k == place ? item : old)];
                yield return node.Kind == TermKind.Object
                    ? TermNode.OfObject(node.Names, [.. items])
                    : TermNode.OfList([.. items]);
            }
        }
    }

    private static TermNode Changed(TermNode node, string name, TermNode value) => TermNode.OfObject(
        node.Names, [.. node.Items.Select((item, i) => node.Names[i] == name ? value : item)]);
}
