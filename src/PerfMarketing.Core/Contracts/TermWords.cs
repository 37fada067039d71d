using System.Text;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts;

/// <summary>Says terms as a person would, whoever defined them: from their names and values alone.</summary>
internal static class TermWords
{
    public const string IdTerm = "id";

    private const string ConditionTerm = "condition";
    private const string ProofTerm = "proof";
    private const string WhenTerm = "when";

    // What needs no name to be understood, beside other terms and on the way to one.
    private static readonly string[] Quiet =
        [IdTerm, "model", "rule", ProofTerm, "rate", "price", "inner", "pays", "kind", "outcome", "tiers", "models"];

    private static readonly string[] QuietSteps = ["rate", "price", "inner", "pays"];

    // What reads on after the value before it.
    private static readonly string[] Joining = ["per", "within", "from", "to", "upTo", "over", "after", "at", "of"];

    /// <summary>A term's name in words: <c>minStrength</c> is <c>min strength</c>.</summary>
    public static string Name(string name) =>
        name == WhenTerm ? ConditionTerm : EnumText.Kebab(name).Replace('-', ' ');

    /// <summary>One of the things that a list holds: <c>tiers</c> holds a <c>tier</c>.</summary>
    public static string Singular(string name)
    {
        string words = Name(name);
        return words.EndsWith("ies", StringComparison.Ordinal) ? $"{words[..^3]}y"
            : words.EndsWith('s') ? words[..^1]
            : words;
    }

    /// <summary>Whether a step of a path says nothing that the value at its end does not say.</summary>
    public static bool IsQuietStep(string name) => QuietSteps.Contains(name);

    /// <summary>A value.</summary>
    public static string Value(TermNode node) => node.Kind switch
    {
        TermKind.Text => Text(node.Text),
        TermKind.Number => Grouped(node.Text),
        TermKind.Flag => node.Text == "true" ? "yes" : "no",
        TermKind.List => List(node),
        TermKind.Object => Object(node),
        _ => "nothing",
    };

    /// <summary>A value under its name, such as <c>cap 80.00 EUR</c>.</summary>
    public static string Named(string name, TermNode node) => node.Kind == TermKind.Flag
        ? $"{(node.Text == "true" ? string.Empty : "not ")}{Name(name)}"
        : IsQuiet(name, node) ? Value(node)
        : $"{Name(name)} {Value(node)}";

    /// <summary>The terms of an object, without those that are left out.</summary>
    public static string Terms(TermNode node, params string[] without)
    {
        StringBuilder text = new();
        bool wasQuiet = false;
        for (int i = 0; i < node.Names.Count; i++)
        {
            string name = node.Names[i];
            if (without.Contains(name))
            {
                continue;
            }

            bool isQuiet = IsQuiet(name, node.Items[i]);
            bool reads = wasQuiet && (isQuiet || Joining.Contains(name));
            text.Append(text.Length == 0 ? string.Empty : reads || name == "per" ? " " : ", ");
            text.Append(Named(name, node.Items[i]));
            wasQuiet = isQuiet;
        }

        return text.ToString();
    }

    // A proof policy has the name of the term that names its kind.
    private static bool IsQuiet(string name, TermNode node) =>
        Quiet.Contains(name) && !(name == ProofTerm && node.Kind == TermKind.Object);

    private static string Object(TermNode node)
    {
        if (node.Find(ConditionTerm) is { Kind: TermKind.Text })
        {
            TermFailures failures = [];
            Condition? condition = TermReader.Read(node, failures, Condition.Read);
            if (failures.IsEmpty && condition is not null)
            {
                return condition.ToString();
            }
        }

        return Terms(node);
    }

    private static string List(TermNode node)
    {
        bool isPlain = node.Items.All(static i => i.Kind is not (TermKind.List or TermKind.Object));
        string items = string.Join(isPlain ? ", " : "; ", node.Items.Select(Value));
        return isPlain ? items : $"({items})";
    }

    private static string Text(string text) =>
        Accrual.TryParse(text, null, out Accrual _) ? $"{Grouped(text[..^4])}{text[^4..]}" : text;

    // 25000.00 is 25,000.00: what is read as one number by everybody.
    private static string Grouped(string number)
    {
        int start = number.StartsWith('-') ? 1 : 0;
        int end = number.AsSpan(start).IndexOfAnyExceptInRange('0', '9');
        end = end < 0 ? number.Length : end + start;
        StringBuilder text = new(number);
        for (int place = end - 3; place > start; place -= 3)
        {
            text.Insert(place, ',');
        }

        return text.ToString();
    }
}
