using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/currencies.md.</summary>
public sealed class CurrencySnippets
{
    [Fact]
    public void Convert_when_the_rate_is_known()
    {
        Instant noon = Instant.FromUtc(2026, 3, 3, 12, 0);
        Blog journeys = new(noon);
        Outcome sale = new()
        {
            Id = new("o1"),
            At = noon,
            Kind = "sale",
            Customer = new CustomerId("c1"),
            Value = 33.33m.Usd,
        };

        #region convert
        CampaignDraft draft = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin").Converting(new("ecb"))
            .Pays("sale", Pay.RevenueShare(15.Percent).CappedAt(80.Eur))
            .ToCampaign();

        RateSnapshot rate = new("ecb-20260303", Currency.Usd, Currency.Eur, 0.915m, "ecb", at: noon);
        RateBook rates = new([new RecordedRate(rate, RecordedAt: noon + Duration.FromHours(3))]);

        CampaignRun run = new(draft.Build(), journeys, rates: rates);
        run.Process(new CampaignInput.OfOutcome(sale));                        // waits: 33.33 USD
        run.Expire(noon + Duration.FromHours(3));                              // decided when the rate is known
        #endregion

        Earning earning = run.Entries.Should().ContainSingle().Which.Should().BeOfType<Earning>().Subject;
        earning.Amount.Should().Be(4.57m.Eur);
        earning.Rates.Should().Equal(rate);
        earning.DecidedAt.Should().Be(noon + Duration.FromHours(3));
    }

    private sealed class Blog(Instant noon) : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(new JourneyTouch[]
        {
            new()
            {
                Id = new("t1"),
                At = noon - Duration.FromDays(1),
                RecordedAt = noon - Duration.FromDays(1),
                Partner = new("p-blog"),
                Kind = TouchpointKind.Click,
            },
        });
    }
}
