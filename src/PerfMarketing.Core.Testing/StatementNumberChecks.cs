using System.Globalization;
using PerfMarketing.Identity;
using PerfMarketing.Settlement;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>The promises of <see cref="IStatementNumbers"/>, as checks that a host runs against its own.</summary>
/// <remarks>
/// Numbers are texts of the host's own form, so that a gap is not seen here: ask the table whether numbers follow each
/// other after <c>A cancelled call leaves no gap behind</c>.
/// </remarks>
public static class StatementNumberChecks
{
    private const int RacerCount = 32;

    private static readonly PartyId Acme = new("acme");
    private static readonly PartnerId Blog = new("p-blog");

    /// <summary>All checks.</summary>
    public static PortChecks<IStatementNumbers> All { get; } = new(
        A_number_is_some_text,
        Same_statement_has_the_same_number_for_ever,
        Statements_of_one_sequence_have_different_numbers,
        Number_is_of_one_partner,
        Number_is_of_one_payer,
        Number_is_of_one_kind_of_document,
        Refused_question_takes_no_number,
        Of_many_callers_for_one_statement_all_get_one_number,
        Of_many_callers_for_many_statements_each_gets_its_own,
        A_cancelled_call_leaves_no_gap_behind);

    private static async Task A_number_is_some_text(IStatementNumbers numbers, CancellationToken token)
    {
        string number = await NumberAsync(numbers, 1, token).ConfigureAwait(false);
        Expect.Equal(false, string.IsNullOrWhiteSpace(number), "An invoice has a number.");
        Expect.Equal(true, number.Length <= StatementInvoice.NumberLengthMax, "It is short enough to be kept.");
    }

    private static async Task Same_statement_has_the_same_number_for_ever(
        IStatementNumbers numbers, CancellationToken token)
    {
        string first = await NumberAsync(numbers, 1, token).ConfigureAwait(false);
        for (int i = 2; i < 20; i++)
        {
            await NumberAsync(numbers, i, token).ConfigureAwait(false);
        }

        Expect.Equal(first, await NumberAsync(numbers, 1, token).ConfigureAwait(false), "It is repeated.");
    }

    private static async Task Statements_of_one_sequence_have_different_numbers(
        IStatementNumbers numbers, CancellationToken token)
    {
        HashSet<string> given = new(StringComparer.Ordinal);
        for (int i = 1; i <= 50; i++)
        {
            Expect.Equal(
                true, given.Add(await NumberAsync(numbers, i, token).ConfigureAwait(false)), "No number twice.");
        }
    }

    private static async Task Number_is_of_one_partner(IStatementNumbers numbers, CancellationToken token)
    {
        await NumberAsync(numbers, 1, token).ConfigureAwait(false);
        await RefusedAsync(() => numbers.NumberOfAsync(Acme, new("p-mail"), Statement(1), false, token).AsTask())
            .ConfigureAwait(false);
    }

    private static async Task Number_is_of_one_payer(IStatementNumbers numbers, CancellationToken token)
    {
        await NumberAsync(numbers, 1, token).ConfigureAwait(false);
        await RefusedAsync(() => numbers.NumberOfAsync(new("bolt"), Blog, Statement(1), false, token).AsTask())
            .ConfigureAwait(false);
    }

    private static async Task Number_is_of_one_kind_of_document(IStatementNumbers numbers, CancellationToken token)
    {
        await NumberAsync(numbers, 1, token).ConfigureAwait(false);
        await RefusedAsync(() => numbers.NumberOfAsync(Acme, Blog, Statement(1), true, token).AsTask())
            .ConfigureAwait(false);
    }

    private static async Task Refused_question_takes_no_number(IStatementNumbers numbers, CancellationToken token)
    {
        string first = await NumberAsync(numbers, 1, token).ConfigureAwait(false);
        await RefusedAsync(() => numbers.NumberOfAsync(Acme, Blog, Statement(1), true, token).AsTask())
            .ConfigureAwait(false);
        Expect.Equal(first, await NumberAsync(numbers, 1, token).ConfigureAwait(false), "The number stands.");
    }

    private static async Task Of_many_callers_for_one_statement_all_get_one_number(
        IStatementNumbers numbers, CancellationToken token)
    {
        string[] given = await RaceAsync(_ => NumberAsync(numbers, 1, token), token).ConfigureAwait(false);
        Expect.Equal(1, given.Distinct(StringComparer.Ordinal).Count(), "There is one number.");
    }

    private static async Task Of_many_callers_for_many_statements_each_gets_its_own(
        IStatementNumbers numbers, CancellationToken token)
    {
        string[] given = await RaceAsync(i => NumberAsync(numbers, i + 1, token), token).ConfigureAwait(false);
        Expect.Equal(RacerCount, given.Distinct(StringComparer.Ordinal).Count(), "No number is given twice.");
        string[] again = await RaceAsync(i => NumberAsync(numbers, i + 1, token), token).ConfigureAwait(false);
        Expect.Equal(true, given.SequenceEqual(again, StringComparer.Ordinal), "They stand.");
    }

    private static async Task A_cancelled_call_leaves_no_gap_behind(IStatementNumbers numbers, CancellationToken token)
    {
        using CancellationTokenSource source = new();
        await source.CancelAsync().ConfigureAwait(false);
        string? cancelled = null;
        try
        {
            cancelled = await NumberAsync(numbers, 1, source.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It may have been taken: then the same statement gets it.
        }

        string again = await NumberAsync(numbers, 1, token).ConfigureAwait(false);
        Expect.Equal(cancelled ?? again, again, "Asked again it has the number that it had.");
    }

    private static StatementId Statement(int number) => new(number.ToString("x32", CultureInfo.InvariantCulture));

    private static Task<string> NumberAsync(IStatementNumbers numbers, int statement, CancellationToken token) =>
        numbers.NumberOfAsync(Acme, Blog, Statement(statement), false, token).AsTask();

    private static Task<string[]> RaceAsync(Func<int, Task<string>> call, CancellationToken token) =>
        Task.WhenAll(Enumerable.Range(0, RacerCount).Select(i => Task.Run(() => call(i), token)));

    private static async Task RefusedAsync(Func<Task<string>> call)
    {
        bool isRefused = false;
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (ArgumentException)
        {
            isRefused = true;
        }

        Expect.Equal(true, isRefused, "A number is of one document: another one throws.");
    }
}
