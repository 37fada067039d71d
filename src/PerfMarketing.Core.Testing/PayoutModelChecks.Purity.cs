using System.Globalization;
using System.Runtime.ExceptionServices;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;

namespace PerfMarketing.Testing;

/// <content>
/// A model depends on its terms and the outcome alone: not on the machine, nor on what was asked before.
/// </content>
public sealed partial class PayoutModelChecks
{
    private static readonly string[] CultureNames = ["tr-TR", "ar-SA", "fa-IR", "de-DE"];

    // Values and quantities that nobody has asked about before: what a model remembers of them is new.
    private static int turn;

    private static void Culture_of_the_thread_changes_nothing(PayoutModelChecks it)
    {
        PayoutContext[] outcomes = [.. it.Outcomes()];
        Payout[] first = Under(CultureInfo.InvariantCulture, () => Price(it.model, outcomes));
        string written = Under(CultureInfo.InvariantCulture, it.Written);
        foreach (CultureInfo culture in Cultures())
        {
            string name = culture.Name.Length == 0 ? "a culture with a comma" : culture.Name;
            Expect.Equal(written, Under(culture, it.Written), $"Written under {name}.");
            PayoutModel read = Under(culture, it.Reread);
            Expect.Equal(it.model, read, $"Read under {name}.");
            Expect.Equal("valid", Under(culture, () => it.Verdict(read)), $"Validated under {name}.");
            Payout[] again = Under(culture, () => Price(read, outcomes));
            for (int i = 0; i < outcomes.Length; i++)
            {
                Expect.Equal(first[i], again[i], $"Under {name}: {Text(outcomes[i])}.");
            }
        }
    }

    // By what its code calls: a clock that is read to the hour gives the same twice.
    private static void Code_asks_neither_clock_nor_chance_nor_files(PayoutModelChecks it)
    {
        string asked = string.Join(", ", ForeignCalls.Of(it.model));
        Expect.Equal("nothing", asked.Length == 0 ? "nothing" : asked, "What the model's code asks for.");
    }

    private static void Nothing_is_remembered_between_outcomes(PayoutModelChecks it)
    {
        PayoutModel fresh = it.Reread();
        PayoutContext[] outcomes = [.. it.Outcomes()];
        Payout[] first = Price(it.model, outcomes);
        _ = Price(fresh, [.. it.Others()]);

        string before = ModelMemory.Of(it.model);
        PayoutContext[] others = [.. it.Others()];
        _ = Price(it.model, others);
        string after = ModelMemory.Of(it.model);
        Expect.Equal(before, after, "What the model's fields hold, before and after other outcomes.");

        // Another stride for the order, with other outcomes in between, of this and of another instance.
        for (int i = 0; i < outcomes.Length; i++)
        {
            int place = i * 7 % outcomes.Length;
            _ = fresh.Compute(others[i % others.Length]);
            Expect.Equal(first[place], fresh.Compute(outcomes[place]), $"After others: {Text(outcomes[place])}.");
            Expect.Equal(first[place], it.model.Compute(outcomes[place]), $"In between: {Text(outcomes[place])}.");
        }
    }

    private static void Nothing_is_paid_below_zero(PayoutModelChecks it)
    {
        foreach (PayoutContext outcome in it.PaysBelowZero ? [] : it.Outcomes())
        {
            Payout payout = it.model.Compute(outcome);
            string actual = payout.Total.Amount < 0 ? $"{payout.Total}" : "zero or more";
            Expect.Equal("zero or more", actual, $"What is paid: {Text(outcome)}.");
        }
    }

    // On a thread of its own: the caller's culture stays.
    private static T Under<T>(CultureInfo culture, Func<T> call)
    {
        (T? result, ExceptionDispatchInfo? thrown) = (default, null);
        Thread thread = new(() =>
        {
            try
            {
                result = call();
            }
#pragma warning disable CA1031 // It is thrown again below.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                thrown = ExceptionDispatchInfo.Capture(exception);
            }
        })
        {
            CurrentCulture = culture,
            CurrentUICulture = culture,
        };
        thread.Start();
        thread.Join();
        thrown?.Throw();
        return result!;
    }

    // Machines without culture data know the last one alone.
    private static IEnumerable<CultureInfo> Cultures()
    {
        foreach (string name in CultureNames)
        {
            if (Found(name) is { } culture)
            {
                yield return culture;
            }
        }

        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NumberGroupSeparator) = (",", ".");
        comma.NumberFormat.NegativeSign = "~";
        yield return comma;
    }

    private static CultureInfo? Found(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    private string Written() => TermJson.Write(new Holder(model));

    private static Payout[] Price(PayoutModel priced, PayoutContext[] outcomes) =>
        Array.ConvertAll(outcomes, outcome => priced.Compute(outcome));

    private PayoutContext[] Others()
    {
        decimal next = Interlocked.Increment(ref turn);
        return
        [
            .. from facts in Facts
               from quantity in (decimal[])[200 + next, 3_000 + next]
               from value in (decimal[])[20_000 + next, 0.07m + next, 77.77m]
               select Fit(new(new(value, Currency)) { Quantity = quantity, Facts = facts }),
        ];
    }
}
