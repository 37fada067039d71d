using PerfMarketing.Identity;
using PerfMarketing.Testing;

namespace PerfMarketing.Tests.Testing;

public sealed class MemoryStatementNumbersTests
{
    private const int RacerCount = 32;
    private static readonly PartyId Acme = new("acme");
    private static readonly PartnerId Blog = new("p-blog");
    private static readonly PartnerId Mail = new("p-mail");

    private readonly MemoryStatementNumbers numbers = new();

    [Fact]
    public async Task Same_statement_has_the_same_number_whatever_was_asked_between()
    {
        string first = await InvoiceAsync(Blog, "january");
        await InvoiceAsync(Blog, "february");
        string again = await InvoiceAsync(Blog, "january");
        string third = await InvoiceAsync(Blog, "march");

        (first, again, third).Should().Be(("I-1", "I-1", "I-3"), "a repetition takes no number");
    }

    [Fact]
    public async Task Each_partner_and_each_kind_of_document_has_a_sequence_of_its_own()
    {
        string[] given =
        [
            await InvoiceAsync(Blog, "blog-1"),
            await InvoiceAsync(Mail, "mail-1"),
            await CreditNoteAsync(Blog, "blog-2"),
            await InvoiceAsync(Blog, "blog-3"),
            await CreditNoteAsync(Mail, "mail-2"),
        ];

        given.Should().Equal("I-1", "I-1", "C-1", "I-2", "C-1");
    }

    [Fact]
    public async Task Partner_has_a_sequence_for_each_payer()
    {
        string[] given =
        [
            await InvoiceAsync(Blog, "january"),
            await numbers.NumberOfAsync(new("bolt"), Blog, new("january-bolt"), false, CancellationToken.None),
            await InvoiceAsync(Blog, "february"),
        ];

        given.Should().Equal("I-1", "I-1", "I-2");
        await numbers.Awaiting(n => n.NumberOfAsync(new("bolt"), Blog, new("january"), false, default).AsTask())
            .Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task Number_of_one_document_is_never_that_of_another_and_asking_leaves_no_gap()
    {
        await InvoiceAsync(Blog, "january");

        await numbers.Awaiting(_ => CreditNoteAsync(Blog, "january")).Should().ThrowAsync<ArgumentException>();
        await numbers.Awaiting(_ => InvoiceAsync(Mail, "january")).Should().ThrowAsync<ArgumentException>();

        (await CreditNoteAsync(Blog, "february")).Should().Be("C-1");
        (await InvoiceAsync(Mail, "mail-1")).Should().Be("I-1");
        (await InvoiceAsync(Blog, "march")).Should().Be("I-2");
    }

    [Fact]
    public async Task Of_many_who_ask_for_many_statements_each_statement_has_one_number_and_none_is_left_out()
    {
        const int statementCount = 50;
        using Barrier start = new(RacerCount);
        string[][] answers = await Task.WhenAll(Enumerable.Range(0, RacerCount).Select(racer => Task.Factory.StartNew(
            () => AskAllAsync(start, racer, statementCount),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));

        answers.Should().AllSatisfy(a => a.Should().Equal(answers[0], "all are told the same"));
        answers[0].Should().BeEquivalentTo(Enumerable.Range(1, statementCount).Select(static n => $"I-{n}"));
    }

    [Fact]
    public async Task Call_that_was_given_up_takes_no_number()
    {
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();

        await numbers.Awaiting(n => n.NumberOfAsync(Acme, Blog, new("january"), false, stop.Token).AsTask())
            .Should().ThrowAsync<OperationCanceledException>();

        (await InvoiceAsync(Blog, "february")).Should().Be("I-1");
    }

    // Each racer begins at another statement; answers are in the order of the statements.
    private async Task<string[]> AskAllAsync(Barrier start, int racer, int statementCount)
    {
        var found = new string[statementCount];
        start.SignalAndWait();
        for (int i = 0; i < statementCount; i++)
        {
            int place = (i + (racer * 7)) % statementCount;
            found[place] = await InvoiceAsync(Blog, $"statement-{place}");
        }

        return found;
    }

    private Task<string> InvoiceAsync(PartnerId partner, string statement) =>
        numbers.NumberOfAsync(Acme, partner, new(statement), isCreditNote: false, CancellationToken.None).AsTask();

    private Task<string> CreditNoteAsync(PartnerId partner, string statement) =>
        numbers.NumberOfAsync(Acme, partner, new(statement), isCreditNote: true, CancellationToken.None).AsTask();
}
