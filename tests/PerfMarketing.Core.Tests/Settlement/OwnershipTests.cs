using System.Diagnostics.CodeAnalysis;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;

namespace PerfMarketing.Tests.Settlement;

public sealed class OwnershipTests
{
    private static readonly OwnerFirst Owners = new()
    {
        Claims = [ClaimBasis.Territory, ClaimBasis.Binding, ClaimBasis.Coupon],
    };

    [Fact]
    public void A_coupon_brings_its_owner_credit_without_a_click() =>
        new ContractScenario(Contract().WithCoupon("MAIL10", "p-mail").AttributedBy(Owners))
            .At("2026-03-01 09:00").Click("p-blog", "c1").Click("p-blog", "c2")
            .At("2026-03-02 09:00").Outcome("sale", "c1", 100.Eur, Using("mail10"))
            .ExpectEarned("p-mail", "10.00 EUR").ExpectEarned("p-blog", "nothing")
            .Outcome("sale", "c2", 100.Eur).ExpectEarned("p-blog", "10.00 EUR");

    [Fact]
    public void A_coupon_that_only_helps_who_was_involved_pays_nobody_else() =>
        new ContractScenario(Contract().WithCoupon("MAIL10", "p-mail")
                .AttributedBy(Owners with { When = OwnerCondition.IfInvolved }))
            .At("2026-03-01 09:00").Click("p-mail", "c1").Click("p-blog", "c1").Click("p-blog", "c2")
            .At("2026-03-02 09:00").Outcome("sale", "c1", 100.Eur, Using("MAIL10"))
            .ExpectEarned("p-mail", "10.00 EUR").ExpectEarned("p-blog", "nothing")
            .Outcome("sale", "c2", 100.Eur, Using("MAIL10")).ExpectRejected(ExclusivityCodes.CouponOfOther);

    [Theory]
    [InlineData("the part of the country", "c1", "DE-BY", "p-mail")]
    [InlineData("the country, for other parts", "c1", "DE-HH", "p-blog")]
    [InlineData("the account beats the place", "acct-1", "DE-BY", "p-blog")]
    [InlineData("nobody's land", "c1", "FR-75", "p-mail")]
    public void An_agent_owns_places_and_accounts(string reason, string customer, string region, string expected)
    {
        CampaignDraft draft = Contract().AttributedBy(Owners).OwnedBy(new()
        {
            Territories =
            [
                new(new("p-mail")) { Places = [new("DE-BY")] },
                new(new("p-blog")) { Places = [new("DE")], Accounts = [new("acct-1")] },
            ],
        });
        Outcome sale = Sample.Sale("o1", "2026-03-03T09:00:00Z", 100.Eur, customer) with
        {
            Facts = [Facts.Country.Of(region[..2]), Facts.Region.Of(region)],
        };
        CampaignRun run = Sample.Run(draft, Sample.Touch("p-mail", "2026-03-01T09:00:00Z"));

        run.Process(Sample.Of(sale));

        run.Entries.Cast<Earning>().Select(static e => e.Partner.Value).Should().Equal([expected], reason);
    }

    [Fact]
    public void A_territory_is_anothers_from_its_day_on()
    {
        CampaignDraft draft = Contract().AttributedBy(Owners).OwnedBy(new()
        {
            Territories =
            [
                new(new("p-mail")) { Places = [new("DE")], Effective = new(new(2026, 1, 1), new(2026, 3, 1)) },
                new(new("p-blog")) { Places = [new("DE")], Effective = new(new(2026, 3, 1)) },
            ],
        });
        Campaign campaign = draft.In("Europe/Berlin").Build();

        // The day begins in the campaign's zone.
        campaign.TerritoryOf(In("2026-02-28T22:59:59Z")).Should().Equal(new PartnerId("p-mail"));
        campaign.TerritoryOf(In("2026-02-28T23:00:00Z")).Should().Equal(new PartnerId("p-blog"));

        static Outcome In(string at) => Sample.Sale("o1", at, 1.Eur) with { Facts = [Facts.Country.Of("DE")] };
    }

    [Theory]
    [InlineData(12, false)]
    [InlineData(1_200, false)]
    [InlineData(null, true)]
    public void A_binding_since_ever_is_over_unless_it_is_for_life(int? months, bool expected)
    {
        Campaign campaign = Contract().AttributedBy(Owners).OwnedBy(new() { BindingMonths = months }).Build();
        CustomerBinding binding = new(new("p-mail"), Instant.MinValue);

        campaign.Holds(binding, Sample.At("2026-03-03T09:00:00Z")).Should().Be(expected);
        campaign.Holds(binding with { Since = Instant.MaxValue }, Instant.MaxValue).Should().Be(expected);
    }

    // As many territories as terms may hold: each answer is that of reading them all, one after the other.
    [Fact]
    [SuppressMessage("Security", "CA5394", Justification = "The territories must come out the same each time.")]
    public void Territories_are_found_as_if_all_were_read()
    {
        Random random = new(7);
        string[] codes = ["DE", "DE-BY", "DE-HH", "FR", "FR-75", "FR-7", "AT"];
        string?[] known = [null, .. codes, "D", "DEU"];
        Territory[] all =
        [
            .. Enumerable.Range(0, OwnershipTerms.TerritoryCountMax).Select(i => new Territory(new($"p-{i % 97}"))
            {
                Places = [.. codes.Where(_ => random.Next(2_000) == 0).Select(static c => new Place(c))],
                Accounts = [new(random.Next(400) == 0 ? $"c{random.Next(9)}" : $"x{i}")],
                Effective = random.Next(3) == 0 ? new(new(2026, 1, 1), new(2026, 2, 1)) : null,
            }),
        ];
        ContractDraft contract = Enumerable.Range(0, 97).Aggregate(
            ContractDraft.For("x").PaidBy("acme").In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.Fixed(1.Eur)),
            static (draft, i) => draft.WithPartner($"p-{i}"));
        Campaign campaign = CampaignDraft.For("x", "acme").With(contract).AttributedBy(Owners)
            .OwnedBy(new() { Territories = [.. all] }).Build();
        int[] counts = new int[3];
        for (int i = 0; i < 500; i++)
        {
            Outcome sale = Sample.Sale("o1", "2026-03-03T09:00:00Z", 1.Eur, $"c{random.Next(99)}") with
            {
                Facts = FactsOf(known[random.Next(known.Length)], known[random.Next(known.Length)]),
            };

            ValueList<PartnerId> owners = campaign.TerritoryOf(sale);

            owners.Should().Equal(Read(all, sale), $"{sale.Facts}");
            counts[Math.Min(2, owners.Count)]++;
        }

        counts.Should().OnlyContain(static c => c > 0);
    }

    private static FactSet FactsOf(string? country, string? region) =>
    [
        .. country is null ? Array.Empty<Fact>() : [Facts.Country.Of(country)],
        .. region is null ? Array.Empty<Fact>() : [Facts.Region.Of(region)],
    ];

    private static PartnerId[] Read(Territory[] all, Outcome sale)
    {
        Territory[] current = [.. all.Where(static t => t.Effective is null)];
        return new[]
            {
                current.Where(t => t.Accounts.Any(a => a == sale.Customer)),
                current.Where(t => t.Places.Any(p => p.Code.Length > 2 && p.Contains(sale.Facts))),
                current.Where(t => t.Places.Any(p => p.Code.Length == 2 && p.Contains(sale.Facts))),
            }
            .Select(static found => found.Select(static t => t.Partner).Distinct().ToArray())
            .FirstOrDefault(static found => found.Length > 0, []);
    }

    // Whole months in Berlin: eleven o'clock there is nine in summer and ten in winter. For life without a number.
    [Theory]
    [InlineData(12, "2027-03-31T08:59:59Z", "p-mail")]
    [InlineData(12, "2027-03-31T09:00:00Z", "p-blog")]
    [InlineData(11, "2027-02-28T09:59:59Z", "p-mail")]
    [InlineData(11, "2027-02-28T10:00:00Z", "p-blog")]
    [InlineData(null, "2046-03-31T09:00:00Z", "p-mail")]
    [InlineData(12, "2026-03-31T08:59:59Z", "p-blog")]
    public void A_customer_is_bound_for_months_or_life(int? months, string at, string expected)
    {
        CampaignDraft draft = Contract().AttributedBy(Owners).OwnedBy(new() { BindingMonths = months });
        Campaign campaign = draft.Build();
        JourneyTouch[] touches = [Sample.Touch("p-blog", "2026-03-30T09:00:00Z")];
        CustomerBinding binding = new(new("p-mail"), Sample.At("2026-03-31T09:00:00Z"));

        Decision decision = new CampaignDecider(campaign).Receive(
            new(campaign),
            Sample.Sale("o1", at, 100.Eur),
            [],
            new(touches, Binding: binding),
            Sample.At(at));

        decision.Posted.OfType<Earning>().Select(static e => e.Partner.Value).Should().Equal(expected);
    }

    [Fact]
    public void Who_has_no_contract_claims_nothing()
    {
        CampaignRun run = new(
            Contract().AttributedBy(Owners).Build(),
            new Bound(new(new("stranger"), Sample.At("2026-01-01T00:00:00Z")),
                Sample.Touch("p-blog", "2026-03-01T09:00:00Z")));

        run.Process(Sample.Of(Sample.Sale("o1", "2026-03-03T09:00:00Z", 100.Eur)));

        run.Entries.Texts().Should().Equal("p-blog 10.00 EUR");
    }

    [Fact]
    public void One_credited_partner_is_bound_and_several_are_not()
    {
        Instant at = Sample.At("2026-03-03T09:00:00Z");
        JourneyTouch[] touches =
            [Sample.Touch("p-blog", "2026-03-01T09:00:00Z"), Sample.Touch("p-mail", "2026-03-02T09:00:00Z")];
        ConversionPoint conversion = new() { At = at, KnownAt = at };

        CustomerBinding.Of(Attributor.Assign(new LastTouch(), touches, conversion), at)
            .Should().Be(new CustomerBinding(new("p-mail"), at));
        CustomerBinding.Of(Attributor.Assign(new Linear(), touches, conversion), at).Should().BeNull();
        CustomerBinding.Of(Attributor.Assign(new Linear(), [], conversion), at).Should().BeNull();
    }

    [Theory]
    [InlineData("nothing owned", "", "", 0, "campaign.territory-entries")]
    [InlineData("owned by a stranger", "stranger", "DE", 0, "campaign.territory-partner")]
    [InlineData("no months", "p-blog", "DE", -1, "campaign.binding-months")]
    public void Wrong_ownership_is_named(string reason, string partner, string place, int months, string expected)
    {
        CampaignDraft draft = Contract().AttributedBy(Owners).OwnedBy(new()
        {
            Territories =
            [
                new(new(partner.Length == 0 ? "p-blog" : partner))
                {
                    Places = place.Length == 0 ? [] : [new(place)],
                },
            ],
            BindingMonths = months == 0 ? null : months,
        });

        draft.Validate().Errors.Select(static e => e.ErrorCode).Should().Equal([expected], reason);
    }

    [Fact]
    public void Ownership_that_no_rule_asks_for_is_refused() =>
        Contract().AttributedBy(new LastTouch()).OwnedBy(new() { BindingMonths = 12 }).Validate().Errors
            .Select(static e => e.ErrorCode).Should().Equal("campaign.ownership-unused");

    [Fact]
    public void Ownership_is_written_and_read_back()
    {
        CampaignDraft draft = Contract().AttributedBy(Owners).OwnedBy(new()
        {
            Territories = [new(new("p-mail")) { Places = [new("DE-BY")], Accounts = [new("acct-1")] }],
            BindingMonths = 12,
        });
        TermFailures failures = [];

        TermReader.Read(TermNode.Of(draft), failures, static t => CampaignDraft.Read(t, TermCatalog.Default))
            .Should().Be(draft);
        failures.Should().BeEmpty();
    }

    private static ContractDraft Contract() => Sample.Contract(Pay.Fixed(10.Eur));

    private static Func<Outcome, Outcome> Using(params string[] coupons) =>
        outcome => outcome with { Facts = [Facts.Coupons.Of(ValueList.Create<string>(coupons))] };

    private sealed class Bound(CustomerBinding binding, params JourneyTouch[] touches) : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(touches, Binding: binding);
    }
}
