using FluentValidation.Results;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Contracts;

public sealed class LimitTermsTests
{
    public static TheoryData<string, string> Written { get; } = new()
    {
        { "once", """{"id":"once","count":1,"scope":"customer","credit":"involved"}""" },
        { "first", """{"id":"first","count":3,"scope":"partner","credit":"involved"}""" },
        { "count", """{"id":"count","count":100,"per":"month","onExceeded":"hold"}""" },
        { "spend", """{"id":"spend","amount":"5000.00 EUR","per":"month","onExceeded":"pay-remainder"}""" },
        { "months", """{"id":"months","months":12,"scope":"partner-customer","onExceeded":"pay-zero"}""" },
        { "divert", """{"id":"divert","count":0.5,"per":"day","onExceeded":"divert","divertTo":"sale-2"}""" },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void Limit_reads_and_writes_its_terms(string id, string json)
    {
        Limit limit = TermJson.Parse(json, Limit.Read);

        limit.Id.Should().Be(new LimitId(id));
        TermJson.Write(limit).Replace("\n", string.Empty, StringComparison.Ordinal)
            .Replace(" ", string.Empty, StringComparison.Ordinal)
            .Should().Be(json.Replace(" ", string.Empty, StringComparison.Ordinal), id);
    }

    [Fact]
    public void Factories_say_it_in_one_line()
    {
        Limit.OncePerCustomer().Should().Be(
            new Limit(new("once-customer-lifetime"))
            {
                Count = 1, Scope = LimitScope.Customer, Credit = TallyCredit.Involved,
            });
        Limit.First(3).Should().Be(new Limit(new("first-partner-lifetime"))
        {
            Count = 3, Scope = LimitScope.Partner, Credit = TallyCredit.Involved,
        });
        Limit.Outcomes(100, PeriodUnit.Day).Should().Be(
            new Limit(new("count-contract-day")) { Count = 100, Per = PeriodUnit.Day });
        Limit.Spend(9.Eur, PeriodUnit.Week, LimitScope.PartnerCustomer).Should().Be(
            new Limit(new("spend-partner-customer-week"))
            {
                Amount = 9.Eur, Per = PeriodUnit.Week, Scope = LimitScope.PartnerCustomer,
            });
        Limit.ForMonths(12).Should().Be(
            new Limit(new("months-partner-customer-lifetime")) { Months = 12, Scope = LimitScope.PartnerCustomer });
    }

    [Fact]
    public void Contract_without_limits_is_written_as_before() =>
        TermNode.Of(Contract(Pay.Fixed(1.Eur))).Names.Should().NotContain("limits");

    [Theory]
    [InlineData("no name", LimitCodes.IdMissing)]
    [InlineData("two sums", LimitCodes.Measure)]
    [InlineData("nothing to count", LimitCodes.Measure)]
    [InlineData("count of nothing", LimitCodes.OutOfRange)]
    [InlineData("amount below zero", LimitCodes.OutOfRange)]
    [InlineData("dollars in a contract in euros", LimitCodes.Currency)]
    [InlineData("months below one", LimitCodes.OutOfRange)]
    [InlineData("rolling", LimitCodes.Period)]
    [InlineData("flight", LimitCodes.Period)]
    [InlineData("months of all customers", LimitCodes.Months)]
    [InlineData("months of a month", LimitCodes.Months)]
    [InlineData("rest of a count", LimitCodes.Overflow)]
    [InlineData("waiting for months that are over", LimitCodes.Overflow)]
    [InlineData("no such policy", LimitCodes.Overflow)]
    [InlineData("diverts nowhere", LimitCodes.Divert)]
    [InlineData("names a clause and refuses", LimitCodes.Divert)]
    [InlineData("diverts to nobody", LimitCodes.DivertTo)]
    [InlineData("diverts to itself", LimitCodes.DivertTo)]
    [InlineData("diverts to other outcomes", LimitCodes.DivertTo)]
    public void Wrong_limit_is_named(string because, string code)
    {
        ContractDraft draft = Contract(Pay.Fixed(1.Eur), c => c.LimitedTo(Wrong(because)))
            .Pays("lead", Pay.Fixed(1.Eur));

        ValidationResult result = draft.Validate();

        result.Errors.Select(static e => e.ErrorCode).Should().Contain(code, because);
        result.Errors.Should().OnlyContain(static e => e.ErrorCode.StartsWith("limit.", StringComparison.Ordinal));
    }

    [Fact]
    public void Path_leads_to_the_limit()
    {
        ContractDraft draft = Contract(Pay.Fixed(1.Eur), c => c.LimitedTo(Limit.First(1)).LimitedTo(Limit.First(0) with
        {
            Id = new("other"),
        }));

        draft.Validate().Errors.Single().PropertyName.Should().Be("Clauses[0].Limits[1].Count");
    }

    [Fact]
    public void Names_are_unique_within_their_clause_and_few()
    {
        Limit limit = Limit.First(1);
        Contract(Pay.Fixed(1.Eur), c => c.LimitedTo(limit)).LimitedTo(limit).Validate().IsValid.Should().BeTrue();
        Contract(Pay.Fixed(1.Eur), c => c.LimitedTo(limit).LimitedTo(limit)).Validate().Errors.Single().ErrorCode
            .Should().Be(LimitCodes.Names);
        Contract(Pay.Fixed(1.Eur), c => Many(c, 20)).Validate().IsValid.Should().BeTrue();
        Contract(Pay.Fixed(1.Eur), c => Many(c, 21)).Validate().Errors.Single().ErrorCode.Should().Be(LimitCodes.Names);
    }

    [Fact]
    public void Circle_of_clauses_is_refused()
    {
        ContractDraft draft = Contract(Pay.Fixed(1.Eur), c => c.LimitedTo(Limit.First(1).DivertingTo(new("sale-2"))))
            .Pays("sale", Pay.Fixed(1.Eur), c => c.LimitedTo(Limit.First(1).DivertingTo(new("sale-3"))));

        draft.Pays("sale", Pay.Fixed(1.Eur)).Validate().IsValid.Should().BeTrue();
        draft.Pays("sale", Pay.Fixed(1.Eur), c => c.LimitedTo(Limit.First(1).DivertingTo(new("sale"))))
            .Validate().Errors.Single().ErrorCode.Should().Be(LimitCodes.DivertTo);
    }

    [Fact]
    public void Limit_of_the_whole_contract_diverts_nowhere() =>
        Contract(Pay.Fixed(1.Eur)).Pays("sale", Pay.Fixed(1.Eur))
            .LimitedTo(Limit.First(1).DivertingTo(new("sale-2"))).Validate().Errors.Single().ErrorCode
            .Should().Be(LimitCodes.Divert);

    private static ClauseDraft Many(ClauseDraft clause, int count) => clause with
    {
        Limits = [.. Enumerable.Range(0, count).Select(static i => Limit.First(1) with { Id = new($"l{i}") })],
    };

    private static Limit Wrong(string how) => how switch
    {
        "no name" => Limit.First(1) with { Id = default },
        "two sums" => Limit.First(1) with { Amount = 1.Eur },
        "nothing to count" => Limit.First(1) with { Count = null },
        "count of nothing" => Limit.First(0),
        "amount below zero" => Limit.Spend(-1.Eur, PeriodUnit.Month),
        "dollars in a contract in euros" => Limit.Spend(1m.Usd, PeriodUnit.Month),
        "months below one" => Limit.ForMonths(0),
        "rolling" => Limit.Outcomes(1, PeriodUnit.Rolling),
        "flight" => Limit.Outcomes(1, PeriodUnit.Flight),
        "months of all customers" => Limit.ForMonths(1, LimitScope.Partner),
        "months of a month" => Limit.ForMonths(1) with { Per = PeriodUnit.Month },
        "rest of a count" => Limit.First(1).Or(LimitOverflow.PayRemainder),
        "waiting for months that are over" => Limit.ForMonths(1).Or(LimitOverflow.Hold),
        "no such policy" => Limit.First(1).Or((LimitOverflow)99),
        "diverts nowhere" => Limit.First(1).Or(LimitOverflow.Divert),
        "names a clause and refuses" => Limit.First(1) with { DivertTo = new("sale") },
        "diverts to nobody" => Limit.First(1).DivertingTo(new("nobody")),
        "diverts to itself" => Limit.First(1).DivertingTo(new("sale")),
        _ => Limit.First(1).DivertingTo(new("lead")),
    };
}
