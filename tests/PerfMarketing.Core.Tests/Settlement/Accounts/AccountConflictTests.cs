using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using PerfMarketing.Settlement.Remittances;
using static PerfMarketing.Tests.Settlement.Remittances.SampleStatements;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement.Accounts;

/// <summary>DESIGN.md, rule 14: the same name and other content is a conflict, and moves no money.</summary>
public sealed class AccountConflictTests
{
    private static readonly Instant Then = At("2026-02-02T12:00:00Z");

    private readonly AccountBook book = new(Contract(Pay.Fixed(1.Eur)).ToCampaign().Build());

    [Fact]
    public void Entry_that_says_something_else_is_refused()
    {
        Earning earning = SampleEntries.Earning("e1", 10.Eur, Then);
        book.Post(earning);

        MustRefuse(() => book.Post(earning with { Amount = 11.Eur }), "entry 'e1'");
        MustPassOver(() => book.Post(earning with { }));
    }

    [Fact]
    public void Receipt_of_another_partner_is_refused()
    {
        book.Receive(new("r1"), new("acme-2026"), Blog, 2.Eur, Then).Should().BeTrue();

        MustRefuse(() => book.Receive(new("r1"), new("acme-2026"), new("p-mail"), 2.Eur, Then), "receipt 'r1'");
        MustPassOver(() => book.Receive(new("r1"), new("acme-2026"), Blog, 2.Eur, Then).Should().BeFalse());
    }

    [Fact]
    public void Statement_that_withholds_something_else_is_refused()
    {
        Statement statement = Chain("acme-2026", 20)[0].Statement with { Withheld = 2.Eur };
        book.Close(statement);

        MustRefuse(() => book.Close(statement with { Withheld = 3.Eur }), $"statement '{statement.Id}'");
        MustPassOver(() => book.Close(statement with { }));
    }

    [Fact]
    public void Remittance_of_another_amount_is_refused()
    {
        RemittanceBook remittances = new(Blog, Currency.Eur);
        PayableStatement[] statements =
            [.. Chain("acme-2026", 20).Select(s => s with { Campaign = new("acme-2026") })];
        Remittance made = remittances.Plan(Terms(), statements, After(1)).Remittance!;
        Remittance other = made with
        {
            Parts = [made.Parts[0] with { Amount = 21.Eur }],
            Total = 21.Eur,
            Amount = 21.Eur,
        };
        book.Post(made);

        MustRefuse(() => book.Post(other), $"remittance '{made.Id}'");
        MustPassOver(() => book.Post(made with { }));
    }

    [Theory]
    [InlineData("acme-2025", "p-blog")]
    [InlineData("acme-2026", "p-blgo")]
    public void Nobody_has_an_account_by_a_name_that_was_mistyped(string contract, string partner)
    {
        Statement statement = Chain("acme-2026", 20)[0].Statement with
        {
            Contract = new(contract),
            Partner = new(partner),
            Withheld = 2.Eur,
        };
        Action[] posted =
        [
            () => book.Close(statement),
            () => book.Send(new("s1"), new(contract), new(partner), 2.Eur, Then),
            () => book.Receive(new("r1"), new(contract), new(partner), 2.Eur, Then),
        ];

        foreach (Action post in posted)
        {
            post.Should().Throw<ArgumentException>()
                .WithMessage($"The campaign has no contract '{contract}' with a partner '{partner}'.");
        }

        book.Groups.Should().BeEmpty();
        book.ToTrialBalance().Balances.Should().BeEmpty();
        book.Receive(new("r1"), new("acme-2026"), Blog, 2.Eur, Then).Should().BeTrue("its name is still free");
    }

    private void MustRefuse(Action post, string what)
    {
        EntryGroup[] before = [.. book.Groups];
        post.Should().Throw<ArgumentException>().WithMessage($"The {what} was posted before with other content.");
        book.Groups.Should().Equal(before);
    }

    private void MustPassOver(Action post)
    {
        EntryGroup[] before = [.. book.Groups];
        post();
        book.Groups.Should().Equal(before);
    }
}
