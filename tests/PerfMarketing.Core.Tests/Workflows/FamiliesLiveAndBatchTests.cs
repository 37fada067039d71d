using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Workflows;

/// <summary>
/// Live calls and a batch decide the same of legs that hang on others and of children that come before their parents.
/// </summary>
public sealed class FamiliesLiveAndBatchTests
{
    private const int SeedCount = 24;

    private static readonly FamilyLog Log = new(60, Outcomes: 6, Sales: 1, Customers: 6, ChildOf: 2);

    [Fact]
    public async Task Same_inputs_give_the_same_records()
    {
        HashSet<string> codes = [];
        HashSet<string> earners = [];
        HashSet<string> clauses = [];
        for (int seed = 0; seed < SeedCount; seed++)
        {
            LiveHost live = new(CampaignOf(seed));
            Touchpoint[] touches =
            [
                .. FamilyLog.Touches(
                    seed,
                    12,
                    (FamilyLog.Start, 90),
                    FamilyLog.Start,
                    "p-blog",
                    "p-blog",
                    "p-shop",
                    "p-mail",
                    "p-mail"),
            ];
            await live.RecordAsync(touches);
            List<Decision> decided = [];
            CampaignRun batch = new(live.Campaign, new TouchJourneys(touches)) { Decided = decided.Add };
            foreach (CampaignInput input in Log.Inputs(seed))
            {
                decided.Clear();
                batch.Process(input);
                ConversionReport first = await live.TakeAsync(input);
                ValueList<ConversionReport> reports = [first, .. first.Promoted];
                Written(reports.Where(static r => !r.IsRepetition).SelectMany(static r => r.Records)).Should()
                    .Equal(Written(decided.SelectMany(static d => d.Records)), $"seed {seed}, {input}");
                codes.UnionWith(reports.SelectMany(static r => r.Reasons).Select(static r => r.Code));
            }

            earners.UnionWith(batch.Entries.Select(static e => e.Partner.Value));
            clauses.UnionWith(batch.Entries.Where(static e => e.Contract.Value is "beside" or "shop")
                .Select(static e => $"{e.Contract} {e.Clause} {(e.Amount.MinorUnits > 0 ? "paid" : "taken back")}"));
        }

        codes.Should().Contain(
        [
            SettlementReasons.ParentAwaited, SettlementReasons.ParentNotCredited, SettlementReasons.CreditInherited,
            SettlementReasons.LegAwaited, SettlementReasons.UpstreamMissing,
        ]);
        earners.Should().BeEquivalentTo("net", "p-blog", "p-mail", "p-shop", "boss");
        clauses.Should().Contain(
        [
            "beside sale paid", "beside deposit paid", "beside deposit taken back", "shop sale paid",
            "shop deposit paid",
        ]);
    }

    internal static CampaignDraft CampaignOf(int seed) => CampaignDraft.For("x", "acme")
        .With(ContractDraft.For("top").PaidBy("acme").WithPartner("net").In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", Pay.RevenueShare(10.Percent), static c => c.TrustingHost("order-paid"))
            .Pays("deposit", Pay.RevenueShare(5.Percent), static c => c.WithinOfParent(Duration.FromHours(30))
                .If(When.Fact(OutcomeFacts.Value).AtLeast(20.Eur))))
        .With(ContractDraft.For("mid").PaidBy("net").WithPartner("p-blog").WithPartner("p-mail")
            .In(Currency.Eur, "Europe/Berlin").BackToBack().Choosing((Precedence)(seed % 4))
            .Pays("sale", Pay.Fixed(3.Eur))
            .Pays("sale", Pay.RevenueShare(4.Percent), static c => c.Correcting(CorrectionPolicy.Reprice))
            .Pays("sale", Pay.Fixed(5.Eur), static c => c.For("p-mail"))
            .Pays("deposit", Pay.Tiered(new(1.Eur, UpTo: 2), new(2.Eur))))
        .With(ContractDraft.For("over").PaidBy("acme").WithPartner("boss").In(Currency.Eur, "Europe/Berlin")
            .OnResultsOf("p-mail").Pays("sale", Pay.RevenueShare(1.Percent)))
        .With(ContractDraft.For("beside").PaidBy("acme").WithPartner("p-blog").In(Currency.Eur, "Europe/Berlin")
            .Assisting()
            .Pays("sale", Pay.RevenueShare(2.Percent), static c => c.TrustingHost("order-paid"))
            .Pays("deposit", Pay.Tiered(new(1.Eur, UpTo: 2), new(2.Eur)), static c => c
                .If(When.Fact(OutcomeFacts.Role).Has(PartnerRole.Introducer)))
            .Pays("deposit", Pay.RevenueShare(10.Percent, Measure.OfLeg(new("over")))))
        .With(ContractDraft.For("shop").PaidBy("net").WithPartner("p-shop").In(Currency.Eur, "Europe/Berlin")
            .Assisting().BackToBack()
            .Pays("sale", Pay.RevenueShare(3.Percent), static c => c.Correcting(CorrectionPolicy.Reprice))
            .Pays("deposit", Pay.RevenueShare(50.Percent, Measure.OfLeg(new("mid")))))
        .AttributedBy(seed % 2 == 0 ? new Linear() : new LastTouch())
        .WithChildren(seed % 6 == 5 ? ChildSource.Own : ChildSource.Inherited, (ChildSource)(seed / 2 % 2));

    private static IEnumerable<string> Written(IEnumerable<CampaignRecord> records) =>
        records.Select(static r => TermJson.Write(r));
}
