using PerfMarketing.Monetary;

namespace PerfMarketing.Contracts;

/// <summary>
/// The usual dispositions of leads in customer systems, as grades: what became of somebody whom a partner brought.
/// </summary>
/// <remarks>
/// A grade is any text that contract and buyer agree on; these are the common names. What each means is a term of the
/// clause, see <see cref="GradeTerms"/>: <see cref="Usual"/> is a start that accepts good ends, holds what is under way
/// and reverses what was worth nothing.
/// </remarks>
public static class Dispositions
{
    /// <summary>Nobody has dealt with it yet.</summary>
    public const string New = "new";

    /// <summary>Somebody was reached.</summary>
    public const string Contacted = "contacted";

    /// <summary>An appointment was made.</summary>
    public const string Appointment = "appointment";

    /// <summary>It fits what was asked for.</summary>
    public const string Qualified = "qualified";

    /// <summary>It does not fit what was asked for: wrong product, place or person.</summary>
    public const string Unqualified = "unqualified";

    /// <summary>It became a customer.</summary>
    public const string Won = "won";

    /// <summary>It fitted, and bought elsewhere or not at all.</summary>
    public const string Lost = "lost";

    /// <summary>The buyer knew it already.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>Nobody could be reached in spite of the attempts that were agreed on.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The contact data are wrong.</summary>
    public const string WrongContact = "wrong-contact";

    /// <summary>The person did not ask for it, or withdrew the consent.</summary>
    public const string NoConsent = "no-consent";

    /// <summary>It was made up.</summary>
    public const string Fraud = "fraud";

    /// <summary>What the dispositions usually mean; a contract changes single ones.</summary>
    /// <param name="unreachable">What is paid of a lead that nobody could reach.</param>
    public static GradeTerms Usual(Percentage unreachable) => GradeTerms.None
        .Hold(New).Hold(Contacted)
        .Accept(Appointment).Accept(Qualified).Accept(Won).Accept(Lost)
        .Scale(Unreachable, unreachable)
        .Reverse(Unqualified).Reverse(Duplicate).Reverse(WrongContact).Reverse(NoConsent).Reverse(Fraud);
}
