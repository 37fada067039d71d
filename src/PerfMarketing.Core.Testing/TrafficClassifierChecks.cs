using System.Globalization;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Traffic;

namespace PerfMarketing.Testing;

/// <summary>The promises of <see cref="ITrafficClassifier"/>, as checks that a host runs against its own.</summary>
/// <remarks>What lists say is theirs: checked is that every source gets one answer, in order, and always the same.
/// </remarks>
public static class TrafficClassifierChecks
{
    private const int RacerCount = 16;

    // What is known, what is not, and what nobody should trip over. The addresses are those for documentation.
    private static readonly ValueList<TrafficSource> Sources =
    [
        new("192.0.2.7", "Mozilla/5.0"),
        new("2001:db8::7", "Googlebot/2.1"),
        new("198.51.100.9", null),
        new(null, "curl/8.0"),
        new(null, null),
        new(string.Empty, string.Empty),
        new("999.1.1.1'--", "\u0000\r\n\ud800"),
        new(new string('1', 5_000), new string('x', 70_000)),
    ];

    /// <summary>All checks.</summary>
    public static PortChecks<ITrafficClassifier> All { get; } = new(
        Every_source_gets_one_answer,
        No_source_gets_no_answer,
        Classes_can_be_kept,
        Answers_stand_in_the_order_of_the_sources,
        Asking_has_no_effect_on_any_thread,
        A_call_that_is_given_up_ends);

    private static async Task Every_source_gets_one_answer(ITrafficClassifier classifier, CancellationToken token)
    {
        ValueList<ValueList<string>> answers = await classifier.ClassifyAsync(Sources, token).ConfigureAwait(false);
        Expect.Equal(Sources.Count, answers.Count, "There is one answer for each source.");
        Expect.Equal(false, answers.Any(static a => a is null), "An answer may be empty, never null.");
    }

    private static async Task No_source_gets_no_answer(ITrafficClassifier classifier, CancellationToken token) =>
        Expect.Equal(
            0, (await classifier.ClassifyAsync([], token).ConfigureAwait(false)).Count, "Nothing was asked.");

    private static async Task Classes_can_be_kept(ITrafficClassifier classifier, CancellationToken token)
    {
        foreach (ValueList<string> answer in await classifier.ClassifyAsync(Sources, token).ConfigureAwait(false))
        {
            Expect.Equal(answer.Count, answer.Distinct(StringComparer.Ordinal).Count(), "A class stands once.");
            Expect.Equal(
                true,
                answer.All(static c => c is { Length: > 0 and <= EvidenceClaim.LengthMax }),
                "A class is a short text.");
        }
    }

    private static async Task Answers_stand_in_the_order_of_the_sources(
        ITrafficClassifier classifier, CancellationToken token)
    {
        ValueList<ValueList<string>> forward = await classifier.ClassifyAsync(Sources, token).ConfigureAwait(false);
        ValueList<ValueList<string>> backward = await classifier
            .ClassifyAsync([.. Sources.Reverse()], token).ConfigureAwait(false);
        for (int i = 0; i < Sources.Count; i++)
        {
            ValueList<ValueList<string>> alone =
                await classifier.ClassifyAsync([Sources[i]], token).ConfigureAwait(false);
            string place = string.Create(
                CultureInfo.InvariantCulture, $"Source {i} has one answer, whatever it is asked with.");
            Expect.Equal(TextOf(forward[i]), TextOf(backward[^(i + 1)]), place);
            Expect.Equal(TextOf(forward[i]), TextOf(alone[0]), place);
        }
    }

    private static async Task Asking_has_no_effect_on_any_thread(
        ITrafficClassifier classifier, CancellationToken token)
    {
        string first = TextOf(await classifier.ClassifyAsync(Sources, token).ConfigureAwait(false));
        Task<string>[] racers =
        [
            .. Enumerable.Range(0, RacerCount).Select(_ => Task.Run(
                async () => TextOf(await classifier.ClassifyAsync(Sources, token).ConfigureAwait(false)), token)),
        ];
        foreach (string answer in await Task.WhenAll(racers).ConfigureAwait(false))
        {
            Expect.Equal(first, answer, "The same question has the same answer.");
        }
    }

    private static async Task A_call_that_is_given_up_ends(ITrafficClassifier classifier, CancellationToken token)
    {
        using CancellationTokenSource given = CancellationTokenSource.CreateLinkedTokenSource(token);
        await given.CancelAsync().ConfigureAwait(false);
        bool ended = false;
        try
        {
            await classifier.ClassifyAsync(Sources, given.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            ended = true;
        }

        Expect.Equal(true, ended, "Who gives up gets no answer.");
    }

    // The classes of one source have no order.
    private static string TextOf(ValueList<string> classes) =>
        string.Join('\n', classes.Order(StringComparer.Ordinal));

    private static string TextOf(ValueList<ValueList<string>> answers) => string.Join('|', answers.Select(TextOf));
}
