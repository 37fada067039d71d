namespace PerfMarketing.Workflows;

/// <summary>The codes of what workflows report beside the decisions of the rooms below.</summary>
public static class WorkflowReasons
{
    /// <summary>Evidence or corrections have come, the outcome itself has not.</summary>
    public const string OutcomeAwaited = "workflow.outcome-awaited";
}
