using System.Text;
using FluentValidation.Results;
using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/contracts.md.</summary>
public sealed class ContractSnippets
{
    [Fact]
    public void Write_a_contract()
    {
        #region fluent
        ContractDraft draft = ContractDraft.For("acme-2026")
            .PaidBy("acme")
            .WithPartner("partner-7")
            .In(Currency.Eur, timeZone: "Europe/Berlin")
            .EffectiveFrom(new LocalDate(2026, 1, 1), new LocalDate(2027, 1, 1))
            .Pays("lead", Pay.Fixed(4.50m.Eur))
            .Pays("sale", Pay.RevenueShare(12.Percent).CappedAt(80.Eur),
                sale => sale
                    .TrustingHost("order-paid", holdFor: Duration.FromDays(14), within: Duration.FromDays(30)))
            .Pays("install", Pay.Tiered(new(1.20m.Eur, UpTo: 100), new(0.90m.Eur)));

        Contract contract = draft.Build();   // or throws, carrying every failure at once
        #endregion

        contract.Clauses.Select(c => c.Id.Value).Should().Equal("lead", "sale", "install");
        CampaignJson.ParseContract(TermJson.Write(draft)).Should().Be(draft);
    }

    [Fact]
    public void Find_what_is_wrong()
    {
        string json = """
            { "id": "acme", "payer": "acme", "partners": ["p1"], "currency": "EUR", "zone": "Europe/Rome",
              "clauses": [ { "id": "install", "outcome": "install", "pays": { "model": "tiered", "tiers": [
                { "price": "1.20 EUR", "upTo": 100 }, { "price": "0.90 EUR", "upTo": 50 },
                { "price": "0.80 EUR" } ] } } ] }
            """;
        List<string> log = [];

        #region validate
        TermFailures failures = new();
        if (!CampaignJson.TryParseContract(Encoding.UTF8.GetBytes(json), failures, out ContractDraft? draft))
        {
            log.AddRange(failures.Select(f => $"{f.Code}  {f.Path}  line {f.Line}: {f.Message}"));
        }
        else if (!draft.TryBuild(out Contract? contract, out ValidationResult result))
        {
            log.AddRange(result.Errors.Select(f => $"{f.ErrorCode}  {f.PropertyName}  {f.ErrorMessage}"));
        }
        #endregion

        log.Should().Equal(
            "payout.tiers-not-ascending  Clauses[0].Pays.Tiers[1]  A tier ends above the one before it.");
    }

    [Fact]
    public void Make_a_campaign()
    {
        ContractDraft blogs = ContractDraft.For("blogs").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.Fixed(10.Eur));
        ContractDraft coupons = blogs with { Id = new("coupons"), Partners = [new("p-deals")] };

        #region campaign
        Campaign campaign = CampaignDraft.For("spring", advertiser: "acme")
            .In("Europe/Berlin")
            .Flying(new LocalDate(2026, 3, 1), new LocalDate(2026, 6, 1))
            .With(blogs)
            .With(coupons)
            .AttributedBy(new Linear { Lookback = Duration.FromDays(30), CutAtConversion = true })
            .BudgetedAt(monthly: 25_000.Eur)
            .Build();
        #endregion

        campaign.Contracts.Should().HaveCount(2);
    }
}
