using System.Globalization;
using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;

namespace PerfMarketing.Testing;

/// <content>
/// Names that expectations use, one that is written wrongly must not pass as <c>nothing</c>; what explains a failure.
/// </content>
public sealed partial class ContractScenario
{
    private const int ExplainedMax = 30;
    private readonly HashSet<PartnerId> touching = [];

    private OutcomeState Known(string step, string expected) =>
        run.State.Find(current) is { Outcome: not null } known
            ? known
            : throw new ScenarioFailedException(
                step,
                expected,
                current.IsUnset ? "there was no outcome yet" : $"there is no outcome '{current}'",
                Or([]));

    private PartnerId Known(string partner)
    {
        PartnerId id = new(partner);
        bool isNamed = touching.Contains(id) || run.State.Campaign.Contracts.AsEnumerable().Any(c =>
            c.Names(id) || c.Downline.Contains(id) || string.Equals(c.Payer.Value, partner, StringComparison.Ordinal));
        return isNamed
            ? id
            : throw new ArgumentException(
                $"Neither a contract nor a touch names the partner '{partner}'.", nameof(partner));
    }

    private IEnumerable<Statement> StatementsOf(string month) =>
        run.Statements(Now).Where(s => string.Equals(s.Period, month, StringComparison.Ordinal));

    private Statement[] StatementsIn(string month)
    {
        Statement[] statements = [.. StatementsOf(month)];
        return statements.Length > 0 || run.State.Campaign.Contracts.AsEnumerable().Any(c => HasPeriod(c, month))
            ? statements
            : throw new ArgumentException(
                $"No contract has statements of '{month}'; now it is {Periods()}.", nameof(month));
    }

    private string Periods() => string.Join(" or ", run.State.Campaign.Contracts.AsEnumerable()
        .Select(c => c.Calendar.Containing(c.Settlement.Per, Now).Key).Distinct(StringComparer.Ordinal));

    // A year's periods, and those of the weeks around it.
    private static bool HasPeriod(Contract contract, string key)
    {
        bool isYear = key.Length >= 4
            && int.TryParse(key.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out int year)
            && year is > 1000 and < 8999;
        if (!isYear)
        {
            return false;
        }

        LocalDate first = new(int.Parse(key.AsSpan(0, 4), CultureInfo.InvariantCulture), 1, 1);
        return Enumerable.Range(-7, 380).Select(days => contract.Calendar.StartOf(first.PlusDays(days)))
            .Any(at => contract.Calendar.Containing(contract.Settlement.Per, at).Key == key);
    }

    private ValueList<string> Explanation() =>
        run.State.Find(current) is { } known ? [.. LinesOf(known)] : Or([]);

    // Where nothing came, how every outcome stands says why.
    private ValueList<string> Or(ValueList<string> explanation) => explanation.Count > 0
        ? explanation
        : [.. run.State.Outcomes.SelectMany(LinesOf).DefaultIfEmpty("there was no outcome yet").Take(ExplainedMax)];

    private static IEnumerable<string> LinesOf(OutcomeState known)
    {
        IEnumerable<string> lines = known.Earnings.SelectMany(static e =>
            e.Earning.Lines.Select(l => $"{e.Earning.Partner}: {l}").Append($"{e.Earning.Partner}: net {e.Net}"));
        IEnumerable<string> touches = known.Decision?.Attribution?.Touches.Select(Text) ?? [];
        return [$"{known.Id}: {Standing(known)}", .. touches, .. lines];
    }

    private string Standing() => Standing(run.State.Find(current));

    private static string Standing(OutcomeState? outcome) => outcome?.Decision?.Qualification.Match(
        qualified: static _ => "qualified",
        pending: static p => $"pending for {string.Join(", ", p.Missing)}",
        rejected: static r => $"rejected for {string.Join(", ", r.Reasons)}",
        disputed: static d => $"disputed for {string.Join(", ", d.Reasons)}") ?? "unknown";
}
